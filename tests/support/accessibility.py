"""What on a page would stop somebody who listens to it or has no mouse, as axe-core finds it by all its rules."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

_RUN = """async () => {
    const found = await axe.run({resultTypes: ["violations"]});
    return found.violations.flatMap((one) => one.nodes.map(
        (node) => `${one.id} (${one.impact}): ${one.help}, at ${node.target.join(" ")}: ${node.html}`
    ));
}"""


async def barriers(page: Page) -> list[str]:
    """Each barrier of the page as it is shown right now: its rule, its weight, where it stands.

    The rules of good practice count as much as those of WCAG. What is hidden is not looked at: open it first.
    """
    await page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")  # half faded in reads badly
    if not await page.evaluate("'axe' in window"):  # half a megabyte: once for a page, however often it is looked at
        await page.evaluate(AXE_SCRIPT)
    found: list[str] = await page.evaluate(_RUN)
    return found
