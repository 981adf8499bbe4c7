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
        self.opened_at = None

    @property
    def state(self):
        if self.opened_at is None:
            return "closed"
        waited = self.clock() - self.opened_at
        return "open" if waited < self.recovery_s else "half_open"

    def call(self, function, *args):
        before = self.state
        if before == "open":
            raise CircuitOpen(self.opened_at + self.recovery_s - self.clock())
        try:
            result = function(*args)
        except OSError:
            self.failed += 1
            if self.failed >= self.failures and self.opened_at is None:
                self.opened_at = self.clock()
            raise
        except Exception:
            self.close()
            raise
        self.close()
        return result

    def close(self):
        self.failed = 0
        self.opened_at = None
