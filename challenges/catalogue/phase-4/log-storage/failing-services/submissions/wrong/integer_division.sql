SELECT service,
       COUNT(*) AS requests,
       100 * SUM(status IS NULL OR status >= 500) / COUNT(*)
           AS failed_percent
FROM requests
GROUP BY service
HAVING COUNT(*) >= 5
ORDER BY failed_percent DESC, service;
