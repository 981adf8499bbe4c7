SELECT service, COUNT(*) AS requests
FROM requests
GROUP BY service;
