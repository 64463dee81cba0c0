"""The peer: a plain Scrapy spider over the same web, within the same bounds, that judges nothing.

Usage: spider.py HOSTS-FILE COUNTS-FILE PAGES-PER-SITE DEPTH CONCURRENCY
"""

import collections
import json
import sys
import urllib.parse

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor


class WatchSpider(scrapy.Spider):
    """Follows the links of each site, breadth first."""

    name = "watch"

    def __init__(self, hosts, counts, limit):
        super().__init__()
        self.hosts, self.counts_file, self.limit = hosts, counts, limit
        self.asked = collections.Counter()
        self.seen = collections.Counter()
        self.extractor = LinkExtractor(tags=("a",), attrs=("href",), canonicalize=True)

    def start_requests(self):
        for host in self.hosts:
            self.asked[host] += 1
            yield scrapy.Request(f"http://{host}/", callback=self.parse)

    def parse(self, response):
        host = urllib.parse.urlsplit(response.url).hostname
        self.seen[host] += 1
        if not isinstance(response, scrapy.http.HtmlResponse):
            return
        for link in self.extractor.extract_links(response):
            parts = urllib.parse.urlsplit(link.url)
            if parts.hostname != host or self.asked[host] >= self.limit:
                continue
            url = parts._replace(query="", fragment="").geturl()
            if url in self.visited(host):
                continue
            self.visited(host).add(url)
            self.asked[host] += 1
            yield scrapy.Request(url, callback=self.parse)

    def visited(self, host):
        """The addresses of a host that were asked for."""
        table = self.__dict__.setdefault("addresses", collections.defaultdict(set))
        return table[host]

    def closed(self, reason):
        with open(self.counts_file, "w", encoding="utf-8") as file:
            json.dump({"pages": sum(self.seen.values()), "sites": len(self.seen)}, file)


def main():
    hosts_file, counts, limit, depth, concurrency = sys.argv[1:]
    with open(hosts_file, encoding="utf-8") as file:
        hosts = file.read().split()
    process = CrawlerProcess({
        "LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "COOKIES_ENABLED": False,
        "CONCURRENT_REQUESTS": int(concurrency), "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DEPTH_LIMIT": int(depth), "DOWNLOAD_TIMEOUT": 15, "DOWNLOAD_MAXSIZE": 8 << 20,
        "DOWNLOAD_WARNSIZE": 0, "RETRY_ENABLED": False, "REDIRECT_MAX_TIMES": 10,
        "TELNETCONSOLE_ENABLED": False, "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
        "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.DownloaderAwarePriorityQueue",
        "DEPTH_PRIORITY": 1,
        "SCHEDULER_DISK_QUEUE": "scrapy.squeues.PickleFifoDiskQueue",
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "REACTOR_THREADPOOL_MAXSIZE": 20, "LOG_STDOUT": False,
    })
    process.crawl(WatchSpider, hosts=hosts, counts=counts, limit=int(limit))
    process.start()


if __name__ == "__main__":
    main()
