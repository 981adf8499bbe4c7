SELECT service,
       COUNT(*) AS requests,
       ROUND(100.0 * SUM(status IS NULL OR status >= 500) / COUNT(*), 1)
           AS failed_percent
FROM requests
GROUP BY service
ORDER BY failed_percent DESC, service;
