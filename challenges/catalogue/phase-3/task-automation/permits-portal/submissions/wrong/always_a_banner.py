from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support import expected_conditions as EC
from selenium.webdriver.support.wait import WebDriverWait


class PortalError(Exception):
    """What the portal says instead of the list."""


def granted_permits(
    driver: WebDriver, url: str, user: str, password: str
) -> list[tuple[str, str]]:
    wait = WebDriverWait(driver, timeout=4, poll_frequency=0.1)
    driver.get(url)
    driver.find_element(By.ID, "accept").click()
    log_in(driver, user, password)
    try:
        outcome = wait.until(
            EC.presence_of_element_located((By.CSS_SELECTOR, "#permits, .error"))
        )
        if outcome.tag_name != "table":
            raise PortalError(outcome.text)
        return list(all_granted(driver, wait))
    finally:
        for leave in driver.find_elements(By.ID, "logout"):
            leave.click()


def log_in(driver, user, password):
    driver.find_element(By.NAME, "user").send_keys(user)
    driver.find_element(By.NAME, "password").send_keys(password)
    driver.find_element(By.CSS_SELECTOR, "button[type=submit]").click()


def all_granted(driver, wait):
    while True:
        table = driver.find_element(By.ID, "permits")
        for row in table.find_elements(By.TAG_NAME, "tr"):
            if row.find_element(By.CLASS_NAME, "state").text == "Otorgado":
                number = row.find_element(By.CLASS_NAME, "number").text
                yield number, row.find_element(By.CLASS_NAME, "address").text
        following = driver.find_element(By.ID, "next")
        if not following.is_enabled():
            return
        following.click()
        wait.until(EC.staleness_of(table))
