class CircuitOpen(Exception):
    def __init__(self, retry_after_s):
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


class CircuitBreaker:
    def __init__(self, failures, recovery_s, clock):
        if failures < 1 or recovery_s < 1:
            raise ValueError("failures and recovery_s must be at least 1")
        self.failures = failures
        self.recovery_s = recovery_s
        self.clock = clock
        self.failed = 0
        self.last_failure = 0

    @property
    def state(self):
        if self.failed < self.failures:
            return "closed"
        waited = self.clock() - self.last_failure
        return "open" if waited <= self.recovery_s else "half_open"

    def call(self, function, *args):
        if self.state == "open":
            raise CircuitOpen(self.last_failure + self.recovery_s - self.clock())
        try:
            result = function(*args)
        except OSError:
            self.failed += 1
            self.last_failure = self.clock()
            raise
        except BaseException:
            self.failed = 0
            raise
        self.failed = 0
        return result
