from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait


class PortalError(Exception):
    pass


def one(driver, selector):
    return WebDriverWait(driver, 5, 0.1).until(
        lambda d: d.find_elements(By.CSS_SELECTOR, selector)
    )[0]


def texts(driver, selector):
    return [cell.text for cell in driver.find_elements(By.CSS_SELECTOR, selector)]


def granted_permits(driver, url, user, password):
    driver.get(url)
    if driver.find_elements(By.CSS_SELECTOR, "#cookies"):
        one(driver, "#cookies #accept").click()
    one(driver, "[name=user]").send_keys(user)
    one(driver, "[name=password]").send_keys(password + Keys.ENTER)
    found = []
    try:
        page = 1
        while True:
            # The page may change between finding an element and reading it.
            WebDriverWait(driver, 5, 0.1, [StaleElementReferenceException]).until(
                lambda d: texts(d, ".error") or texts(d, "#page") == [str(page)]
            )
            if errors := texts(driver, ".error"):
                raise PortalError(errors[0])
            columns = [texts(driver, f"td.{c}") for c in ("number", "state", "address")]
            found += [(n, a) for n, s, a in zip(*columns) if s == "Otorgado"]
            button = one(driver, "#next")
            if button.get_attribute("disabled"):
                return found
            button.click()
            page += 1
    finally:
        links = driver.find_elements(By.LINK_TEXT, "Salir")
        if links:
            links[0].click()
