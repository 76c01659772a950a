"""What on a page would stop somebody who listens to it or has no mouse, as axe-core finds it by all its rules."""

from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

_AXE = Axe()


async def barriers(page: Page) -> list[str]:
    """Each barrier of the page as it is shown right now: its rule, its weight, where it stands.

    The rules of good practice count as much as those of WCAG. What is hidden is not looked at: open it first.
    """
    await page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")  # half faded in reads badly
    found = await _AXE.run(page)
    violations: list[dict[str, Any]] = found.response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}, at {' '.join(map(str, node['target']))}: {node['html']}"
        for one in violations
        for node in one["nodes"]
    ]
