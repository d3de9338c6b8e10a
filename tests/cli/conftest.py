"""The workshop that the pages' tests visit."""

from tests.web.conftest import room  # noqa: F401  the fixture
