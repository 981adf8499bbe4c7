import time

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver


class PortalError(Exception):
    """What the portal says instead of the list."""


def granted_permits(
    driver: WebDriver, url: str, user: str, password: str
) -> list[tuple[str, str]]:
    driver.get(url)
    driver.find_element(By.NAME, "user").send_keys(user)
    driver.find_element(By.NAME, "password").send_keys(password)
    driver.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    time.sleep(1)  # Long enough? Too long?
    return []
