-- In steps, for those who come after.
WITH counted AS (
    SELECT service,
           COUNT(*) AS requests,
           AVG(CASE WHEN COALESCE(status, 599) >= 500 THEN 100.0 ELSE 0.0 END)
               AS percent
    FROM requests
    GROUP BY service
)
SELECT service, requests, ROUND(percent, 1) AS failed_percent
FROM counted
WHERE requests >= 5
ORDER BY ROUND(percent, 1) DESC, service ASC
