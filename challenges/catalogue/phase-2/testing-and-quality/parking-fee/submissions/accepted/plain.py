import unittest

import parking


class FeeTest(unittest.TestCase):
    def test_the_first_quarter_is_free(self):
        self.assertEqual(parking.fee(15), 0)

    def test_then_each_started_hour_is_paid(self):
        self.assertEqual(parking.fee(16), 200)
        self.assertEqual(parking.fee(61), 400)

    def test_a_day_has_a_maximum(self):
        self.assertEqual(parking.fee(20 * 60), 1800)

    def test_each_day_has_its_own(self):
        self.assertEqual(parking.fee(2 * 24 * 60), 3600)

    def test_a_negative_stay_is_refused(self):
        with self.assertRaises(ValueError):
            parking.fee(-5)
