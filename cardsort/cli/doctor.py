"""`cardsort doctor`: what to know, look at or mend, line by line."""

import platform
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from ipaddress import ip_address

from cardsort import DISTRIBUTION
from cardsort.cli.running import ONLY_HERE, refuse
from cardsort.language import _
from cardsort.usecases.doctor import Finding, examine_data, look, mend, ok
from cardsort.web.kit.config import Config, InvalidSetting, Use, read_config
from cardsort.web.kit.limits import WrongCodes
from cardsort.web.kit.settings import EACH_BY_ITSELF, SETTINGS


def examine_settings(environ: Mapping[str, str], data: str | None) -> tuple[Config, list[Finding]]:
    """The settings, and what is wrong with some: those are left out, so that the rest can be looked over."""
    rest, findings = dict(environ), list[Finding]()
    while True:
        try:
            return read_config(rest, data=data, use=Use.EXAMINE), findings
        except InvalidSetting as error:
            findings.append(mend(_("Settings: %(fault)s", fault=error)))
            if rest.pop(_first_named(str(error)), None) is None:
                refuse(str(error))


def _first_named(fault: str) -> str:
    """The setting that the sentence is about: whatever the language, it is the first that it names."""
    named = [name for name in SETTINGS if name in fault]
    return min(named, key=fault.index, default="")


def examine(config: Config, *, now: datetime) -> list[Finding]:
    """Everything, in the order in which to read it."""
    return [
        _examine_versions(),
        *examine_data(config.data, config.database, config.secret, now=now),
        _examine_address(config),
        _examine_proxies(config),
        *_examine_workers(config),
    ]


def _examine_versions() -> Finding:
    parts = {"Cardsort": DISTRIBUTION, "Flask": "flask", "SQLAlchemy": "sqlalchemy"}
    found = [f"{name} {version(package)}" for name, package in parts.items()]
    told = ", ".join([found[0], f"Python {platform.python_version()}", *found[1:]])
    return ok(_("Versions: %(versions)s.", versions=told))


def _examine_address(config: Config) -> Finding:
    names = ", ".join(sorted(config.accepted_hosts()))
    text = _("Address: %(address)s; requests to %(names)s are answered.", address=config.public_url, names=names)
    if config.loopback:
        more = _(ONLY_HERE)
    elif config.secure or _in_own_network(config.public_host):
        return ok(text)
    else:
        more = _("Plain http is enough in a network of your own; on the internet, put https before it.")
    return look(f"{text} {more}")


def _in_own_network(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return host.endswith(".local")


def _examine_proxies(config: Config) -> Finding:
    if config.secure and not config.proxies:
        return look(
            _(
                "Proxies: TRUSTED_PROXIES is 0, and https needs a proxy, so that all visitors count as one when codes "
                "are guessed. Set it to how many proxies stand in front."
            )
        )
    if not config.proxies:
        return ok(_("Proxies: none in front; from others, forwarding headers are not believed."))
    return ok(_("Proxies: %(n)s in front; from others, forwarding headers are not believed.", n=config.proxies))


def _examine_workers(config: Config) -> list[Finding]:
    if config.rate_limit_storage == EACH_BY_ITSELF:
        text = _(
            "Workers: with several, each counts wrong codes by itself. Set RATE_LIMIT_STORAGE to count them together."
        )
        return [look(text)] if config.database_url else []
    try:
        WrongCodes(config.rate_limit_storage)
    except InvalidSetting as error:
        return [mend(_("Workers: %(fault)s", fault=error))]
    return []
