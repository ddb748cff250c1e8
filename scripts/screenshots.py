"""Make every picture of the guide again, from a demo of its own: `make screenshots`.

It needs what the tests need (Chromium, and Pillow, which pikepdf brings). The demo's folder is temporary; nothing else is
read or changed but docs/guide/images.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect, sync_playwright

from wardmote.sample.accounts import ANALYST, DEMO_PASSWORD, MANAGER, SCORERS
from wardmote.sample.generator import write_sample

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "guide" / "images"
LIMIT_BYTES = 250_000
WIDE = {"width": 1100, "height": 900}
TALLEST = 1400
COLOURS = 128
SECONDS_TO_START = 300
PATIENCE_MS = 120_000


class Guide:
    """A visitor of the demo who takes pictures."""

    def __init__(self, page: Page, url: str, folder: Path) -> None:
        self.page, self.url, self.folder = page, url, folder

    def go(self, path: str) -> None:
        """Open a page of the demo."""
        self.page.goto(self.url + path)

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        """Follow a link in the page's own part."""
        self.page.locator("main").get_by_role("link", name=name).first.click()

    def headed(self, text: str) -> None:
        """Wait until the page has this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text, timeout=PATIENCE_MS)

    def take(self, name: str, *, top: int = 0, height: int = TALLEST) -> None:
        """Take a picture of the page from `top`, at most `height` pixels, and keep it small."""
        expect(self.page.locator("h1").first).to_be_visible()
        assert self.page.evaluate("getComputedStyle(document.body).margin") == "0px", "the page has no style"
        full = self.page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": top, "width": WIDE["width"], "height": min(height, full - top)}
        path = IMAGES / f"{name}.png"
        self.page.screenshot(path=path, clip=clip, full_page=True, animations="disabled")
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
        assert path.stat().st_size < LIMIT_BYTES, f"{path} is larger than {LIMIT_BYTES} bytes"
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB", flush=True)

    def top_of(self, text: str) -> int:
        """Return where the heading or caption of this text begins."""
        return self.top(self.page.locator("main").get_by_text(text, exact=True).first)

    def top(self, part: Locator) -> int:
        """Return where a part of the page begins, with a little room above it."""
        box = part.bounding_box()
        assert box is not None, "this part is not on the page"
        return int(box["y"] + self.page.evaluate("scrollY")) - 20

    def sign_in(self, email: str) -> None:
        """Sign in as somebody of the sample partnership."""
        self.go("/sign-in/")
        self.page.get_by_label("Sign-in name").fill(email)
        self.page.get_by_label("Password").fill(DEMO_PASSWORD)
        self.press("Sign in")
        self.headed("What needs you today")

    def sign_out(self) -> None:
        """Sign out."""
        self.press("Sign out")


def getting_started(guide: Guide) -> None:
    guide.go("/")
    guide.take("public-home", height=900)
    guide.go("/sign-in/")
    guide.take("sign-in", height=900)
    guide.sign_in(ANALYST.email)
    guide.take("home", height=900)


def setting_up(guide: Guide) -> None:
    guide.go("/")
    guide.sign_out()
    guide.sign_in(MANAGER.email)
    guide.go("/set-up/")
    guide.take("set-up", height=1300)
    guide.go("/")
    guide.sign_out()
    guide.sign_in(ANALYST.email)


def reading_and_deciding(guide: Guide) -> None:
    guide.go("/assessments/")
    guide.follow("Strategic assessment 2026")
    guide.take("overview")
    overview = guide.page.url
    guide.follow("Burglary")
    guide.take("problem")
    guide.take("map", top=guide.top(guide.page.locator("main figure").last), height=760)
    guide.page.goto(overview)
    guide.follow("Ranking and decisions")
    guide.take("ranking")
    guide.take("decisions", top=guide.top_of("Decisions"), height=900)
    guide.page.get_by_role("link", name="about Burglary").click()
    guide.take("decision")
    guide.page.goto(overview)
    guide.follow("What it has to contain")
    guide.take("outline", height=1100)
    guide.page.goto(overview)
    guide.follow("Approval")
    guide.take("approvals", height=800)
    guide.page.goto(overview)
    guide.follow("Read the draft")
    guide.take("draft", height=1100)
    guide.page.goto(overview)


def profiling(guide: Guide) -> None:
    overview = guide.page.url
    guide.follow("Problem profiles")
    guide.follow("Burglary")
    guide.take("problem-profile", height=1200)
    guide.page.locator(".govuk-task-list__link").first.click()
    guide.take("partner-question", height=900)
    guide.page.goto(overview)


def before_the_board(guide: Guide) -> None:
    guide.go("/consultations/")
    guide.follow("Community safety survey 2026")
    guide.take("consultation", height=1200)
    guide.go("/assessments/")
    guide.follow("Strategic assessment 2026")
    overview = guide.page.url
    guide.follow("The balance")
    guide.take("balance", height=1200)
    guide.page.goto(overview)


def publishing(guide: Guide) -> None:
    guide.press("Publish")
    guide.headed("Before you publish")
    guide.press("Publish")
    guide.headed("Published")
    guide.take("published", height=800)
    guide.go("/published/")
    guide.take("published-list", height=800)
    guide.follow("Strategic assessment 2026")
    guide.take("version", height=1200)
    address = guide.page.url
    guide.page.locator("a[href*='/figures/burglary.count/']").first.click()
    guide.take("figure")
    guide.page.goto(address.replace("/2/", "/1/"))
    guide.take("newer-version", height=700)


def adding_data(guide: Guide) -> None:
    good, web_page = made_files(guide.folder)
    guide.go("/evidence/")
    guide.take("evidence")
    guide.go("/evidence/add/")
    guide.take("add-files")
    for file, heading, name in (
        (web_page, "The files were not taken in", "import-refused"),
        (good, "The files were read", "import-read"),
    ):
        guide.go("/evidence/add/")
        guide.page.get_by_label("Choose the files").set_input_files(str(file))
        guide.press("Add files")
        guide.headed(heading)
        guide.take(name, height=900)
    address = guide.page.url
    guide.follow("check before you accept")
    guide.headed("Check before you accept")
    guide.take("check", height=1100)
    guide.follow("What this changes in your assessments")
    guide.take("changes", height=1000)
    guide.page.go_back()
    guide.press("Accept")
    guide.page.get_by_label("Provisional").check()
    guide.press("Accept")
    guide.page.goto(address)
    guide.follow("police.uk street crime")
    guide.take("release")
    guide.go("/evidence/")
    guide.take("evidence-replaced", top=guide.top_of("Crime and anti-social behaviour"), height=420)


def made_files(folder: Path) -> tuple[Path, Path]:
    """Return a month with three faulty rows, and a web page that pretends to be a month."""
    month = write_sample(folder / "files").street[-1]
    lines = month.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[3] = lines[3].replace("2026-08", "2026-07", 1)
    lines[5] = ",".join(lines[5].split(",")[:4]) + "\n"
    lines[7] = lines[7].replace("2026-08", "August", 1)
    month.write_text("".join(lines), encoding="utf-8")
    web_page = folder / "2026-09-ashcombe-street.csv"
    web_page.write_text("<!DOCTYPE html><html><body>Please sign in</body></html>", encoding="utf-8")
    return month, web_page


def exploring(guide: Guide) -> None:
    guide.go("/assessments/explore/?problem=burglary&to=2026-03")
    guide.take("explore", height=1300)
    guide.go("/evidence/two-sources/")
    guide.follow("Burglary")
    guide.take("two-sources", height=1000)


def starting_and_scoring(guide: Guide) -> None:
    guide.go("/assessments/new/")
    guide.take("new-assessment", height=1400)
    guide.page.get_by_label("What is it called?").fill("Assessment for the guide")
    guide.press("Start and analyse the evidence")
    # Not by its words alone: the page brings itself up to date until the analysis has ended.
    expect(guide.page.get_by_role("button", name="Open scoring")).to_be_visible(timeout=PATIENCE_MS)
    overview = guide.page.url
    guide.press("Open scoring")
    guide.follow("Ranking and decisions")
    guide.take("ranking-closed", height=700)
    guide.sign_out()
    guide.sign_in(SCORERS[0].email)
    guide.take("home-scorer", height=700)
    guide.page.goto(overview)
    guide.follow("Score the problems")
    guide.take("scoring", height=1000)
    guide.follow("Burglary")
    guide.take("score", height=1300)
    guide.sign_out()
    guide.sign_in(ANALYST.email)
    guide.go("/assessments/")
    guide.follow("Strategic assessment 2026")
    guide.follow("Room view")
    guide.take("room", height=1000)
    guide.follow("Domestic abuse")
    guide.take("room-problem", height=1150)


PAGES = (
    getting_started,
    setting_up,
    reading_and_deciding,
    profiling,
    before_the_board,
    publishing,
    adding_data,
    exploring,
    starting_and_scoring,
)


def take_all(url: str, folder: Path) -> None:
    """Walk through the demo and take every picture."""
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        page = browser.new_context(viewport=WIDE).new_page()
        page.set_default_timeout(PATIENCE_MS // 4)
        guide = Guide(page, url, folder)
        for pictures_of in PAGES:
            pictures_of(guide)
        browser.close()


def chromium() -> str:
    """Return the path of the system's Chromium."""
    names = (os.environ.get("WARDMOTE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    return found or sys.exit("The pictures need Chromium: install it, or set WARDMOTE_CHROMIUM to its path.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, demo: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and demo.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    sys.exit("The demo did not start; its last lines are above.")


def main() -> None:
    """Start a demo, take the pictures, end the demo."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="wardmote-pictures-") as folder:
        environment = {**os.environ, "WARDMOTE_DATA": str(Path(folder) / "demo")}
        command = [sys.executable, "-m", "wardmote", "demo", "--port", str(port)]
        demo = subprocess.Popen(command, env=environment)
        try:
            wait_for(port, demo)
            take_all(f"http://127.0.0.1:{port}", Path(folder))
        finally:
            demo.terminate()
            demo.wait(timeout=30)


if __name__ == "__main__":
    main()
