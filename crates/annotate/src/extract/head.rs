//! Metadata of an HTML page: `<meta>`, JSON-LD, `<link rel=canonical>`, `<time>`, microdata.

use scraper::node::Element;
use serde_json::Value;
use variorum_schema::DateSource;

use super::credit;
use super::meta::{Meta, MetaDate};

/// How many values of JSON-LD are looked at.
const VALUES: usize = 50_000;
/// Longest JSON-LD script that is read.
const SCRIPT: usize = 4 << 20;

/// What was collected while the page was walked.
#[derive(Default)]
pub(super) struct Head {
    metas: Vec<(String, String)>,
    scripts: Vec<String>,
    title: Option<String>,
    canonical: Option<String>,
    language: Option<String>,
    times: Vec<Time>,
}

struct Time {
    field: String,
    value: String,
    weight: f64,
}

impl Head {
    /// Takes what an element says; `text` is called only where the element's text is needed.
    pub(super) fn element(&mut self, element: &Element, text: impl Fn() -> String, block: usize) {
        match element.name() {
            "html" => self.language = element.attr("lang").map(str::to_owned),
            "title" if self.title.is_none() => self.title = Some(one_line(&text())),
            "meta" => self.meta(element, block),
            "link" if element.attr("rel") == Some("canonical") => {
                self.canonical = element.attr("href").map(str::to_owned);
            }
            "script"
                if element.attr("type").is_some_and(|t| t.contains("ld+json")) && self.scripts.len() < 40 =>
            {
                let text = text();
                if text.len() <= SCRIPT {
                    self.scripts.push(text);
                }
            }
            "time" => self.time(element, text),
            _ => self.microdata(element, text),
        }
    }

    fn meta(&mut self, element: &Element, block: usize) {
        let key = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| element.attr(a));
        let (Some(key), Some(content)) = (key, element.attr("content")) else { return };
        if self.metas.len() < 400 && !content.trim().is_empty() {
            // A `<meta itemprop>` deep in the page may belong to another article's card.
            let key = key.trim().to_lowercase();
            if block > 0 && element.attr("itemprop").is_some() {
                let value = content.trim().to_owned();
                if key == "datepublished" {
                    self.times.push(Time { field: key, value, weight: 0.86 });
                }
                return;
            }
            self.metas.push((key, content.trim().to_owned()));
        }
    }

    fn time(&mut self, element: &Element, text: impl Fn() -> String) {
        if self.times.len() >= 60 {
            return;
        }
        let names = names(element);
        let value = element.attr("datetime").map(str::to_owned).unwrap_or_else(|| one_line(&text()));
        let sure = element.attr("pubdate").is_some() || names.contains("datepublished");
        let weight = if sure {
            0.88
        } else if ["updat", "modif"].iter().any(|w| names.contains(w)) {
            0.45
        } else if ["publish", "entry-date", "posted", "post-date", "pubdate"]
            .iter()
            .any(|w| names.contains(w))
        {
            0.78
        } else {
            0.66
        };
        self.times.push(Time { field: "time".into(), value, weight });
    }

    fn microdata(&mut self, element: &Element, text: impl Fn() -> String) {
        if self.times.len() >= 60 {
            return;
        }
        let item = element.attr("itemprop").unwrap_or("").to_lowercase();
        let class = element.attr("class").unwrap_or("");
        let weight = match item.as_str() {
            "datepublished" | "datecreated" => 0.86,
            "datemodified" => 0.45,
            _ if element.name() == "abbr" && class.contains("published") => 0.8,
            _ => return,
        };
        let value = ["content", "datetime", "title"].iter().find_map(|a| element.attr(a)).map(str::to_owned);
        let value = value.unwrap_or_else(|| one_line(&text()));
        self.times.push(Time { field: item, value, weight });
    }

    fn get(&self, keys: &[&str]) -> Option<String> {
        let value = |key: &&str| self.metas.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
        keys.iter().find_map(value)
    }
}

fn names(element: &Element) -> String {
    ["class", "id", "itemprop"]
        .iter()
        .filter_map(|a| element.attr(a))
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names of `<meta>` fields that hold a publication date, with how far each is to be trusted.
const DATE_FIELDS: &[(&str, f64)] = &[
    ("article:published_time", 0.93),
    ("article:published", 0.9),
    ("og:article:published_time", 0.92),
    ("og:published_time", 0.9),
    ("datepublished", 0.91),
    ("parsely-pub-date", 0.9),
    ("sailthru.date", 0.86),
    ("dc.date.issued", 0.89),
    ("dcterms.issued", 0.88),
    ("dc.date.created", 0.85),
    ("dcterms.created", 0.85),
    ("dcterms.date", 0.84),
    ("dc.date", 0.84),
    ("dcsext.articlefirstpublished", 0.85),
    ("publish-date", 0.88),
    ("publish_date", 0.88),
    ("publishdate", 0.88),
    ("publication_date", 0.88),
    ("publication-date", 0.88),
    ("pubdate", 0.87),
    ("pub_date", 0.87),
    ("article.published", 0.9),
    ("published-date", 0.88),
    ("cxenseparse:recs:publishtime", 0.88),
    ("cxenseparse:publishtime", 0.88),
    ("cxenseparse:recs:articlepublishdate", 0.88),
    ("bt:pubdate", 0.88),
    ("citation_publication_date", 0.87),
    ("citation_date", 0.86),
    ("originalpublicationdate", 0.92),
    ("article_date_original", 0.92),
    ("rnews:datepublished", 0.9),
    ("article:post_date", 0.88),
    ("gentime", 0.8),
    ("displaydate", 0.86),
    ("date", 0.82),
    ("date_published", 0.88),
    ("datecreated", 0.8),
    ("created", 0.75),
    ("og:pubdate", 0.88),
    ("article-date", 0.8),
    ("shareaholic:article_published_time", 0.88),
    ("timestamp", 0.7),
    ("article:modified_time", 0.45),
    ("og:updated_time", 0.42),
    ("datemodified", 0.45),
    ("last-modified", 0.42),
    ("lastmod", 0.42),
    ("dc.date.modified", 0.42),
    ("dcterms.modified", 0.42),
    ("modificationdate", 0.42),
    ("updated_time", 0.42),
];

/// The metadata that the collected elements give.
pub(super) fn meta(head: Head) -> Meta {
    let mut json = Json::default();
    for script in &head.scripts {
        json.read(script);
    }
    let site = head
        .get(&[
            "og:site_name",
            "application-name",
            "twitter:app:name:iphone",
            "publisher",
            "dc.publisher",
            "cre",
        ])
        .filter(|s| s.chars().count() <= 60 && !s.contains("://"))
        .or_else(|| json.publisher.take());
    let title = json
        .headline
        .take()
        .or_else(|| head.get(&["og:title", "twitter:title", "dc.title", "parsely-title", "headline"]))
        .or_else(|| head.title.clone())
        .map(|t| without_site(&one_line(&decode_entities(&t)), site.as_deref()));
    let mut authors = std::mem::take(&mut json.authors);
    if authors.is_empty() {
        let told = head.get(&[
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "byl",
            "citation_author",
        ]);
        authors = told
            .filter(|t| !t.contains("://"))
            .map(|t| credit::people(t.trim_start_matches("By ")))
            .unwrap_or_default();
    }
    let url = head.canonical.clone().or_else(|| head.get(&["og:url"])).filter(|u| u.contains("://"));
    let dates = dates(&head, &mut json);
    Meta {
        title,
        site: site.map(|s| decode_entities(&s)),
        authors,
        language: head.language,
        url,
        dates,
        body: json.body,
    }
}

fn dates(head: &Head, json: &mut Json) -> Vec<MetaDate> {
    let mut out = std::mem::take(&mut json.dates);
    for (key, value) in &head.metas {
        if let Some((field, weight)) = DATE_FIELDS.iter().find(|(name, _)| name == key) {
            out.push(MetaDate {
                source: DateSource::Meta,
                field: (*field).into(),
                value: value.clone(),
                weight: *weight,
            });
        }
    }
    for time in &head.times {
        out.push(MetaDate {
            source: DateSource::TimeElement,
            field: time.field.clone(),
            value: time.value.clone(),
            weight: time.weight,
        });
    }
    out
}

/// A title without the site's name at its end.
fn without_site(title: &str, site: Option<&str>) -> String {
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(separator) {
            let named = site.is_some_and(|s| s.eq_ignore_ascii_case(tail.trim()));
            let short = tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 4;
            let sure =
                named || (short && separator != " - " && separator != " – ") || credit::known(tail).is_some();
            if sure && !head.trim().is_empty() {
                return without_site(head.trim(), None);
            }
        }
    }
    title.to_owned()
}

/// Entities that were escaped twice, as they often are in metadata.
fn decode_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [
        ("&quot;", "\""),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&lsquo;", "‘"),
        ("&rsquo;", "’"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
}

#[derive(Default)]
struct Json {
    headline: Option<String>,
    publisher: Option<String>,
    authors: Vec<String>,
    dates: Vec<MetaDate>,
    body: Option<String>,
}

impl Json {
    fn read(&mut self, script: &str) {
        let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
        let script =
            script.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
        match serde_json::from_str::<Value>(script) {
            Ok(value) => self.walk(&value),
            Err(_) => self.scan(script),
        }
    }

    fn walk(&mut self, root: &Value) {
        let mut queue = std::collections::VecDeque::from([root]);
        let mut seen = 0;
        while let Some(value) = queue.pop_front() {
            seen += 1;
            if seen > VALUES {
                return;
            }
            match value {
                Value::Array(items) => queue.extend(items),
                Value::Object(fields) => {
                    self.object(fields);
                    // Cards of other articles hang under these.
                    let other = |k: &str| {
                        matches!(
                            k,
                            "itemListElement"
                                | "hasPart"
                                | "mentions"
                                | "isPartOf"
                                | "relatedLink"
                                | "comment"
                                | "citation"
                        )
                    };
                    queue.extend(fields.iter().filter(|(k, _)| !other(k)).map(|(_, v)| v));
                }
                _ => {}
            }
        }
    }

    fn object(&mut self, fields: &serde_json::Map<String, Value>) {
        let kind = type_name(fields.get("@type"));
        let article =
            ["Article", "Posting", "Report", "Story", "Review", "Analysis"].iter().any(|w| kind.contains(w));
        let text =
            |key: &str| fields.get(key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
        if article {
            self.headline = self.headline.take().or_else(|| text("headline").map(str::to_owned));
            if self.body.is_none() {
                self.body = text("articleBody").map(str::to_owned);
            }
            if self.authors.is_empty() {
                self.authors = author_names(fields.get("author"));
            }
            let publisher = fields.get("publisher").and_then(|p| p.get("name")).and_then(Value::as_str);
            self.publisher = self.publisher.take().or_else(|| publisher.map(str::to_owned));
        }
        let media = ["Image", "Video", "Audio", "Comment", "Person", "Event", "Podcast"]
            .iter()
            .any(|w| kind.contains(w));
        if media {
            return;
        }
        for (key, weight) in
            [("datePublished", 0.94), ("dateCreated", 0.82), ("uploadDate", 0.7), ("dateModified", 0.45)]
        {
            if let Some(value) = text(key) {
                // The page as such may be older than the article; a product or a site is something else.
                let weight = match article {
                    true => weight,
                    false if kind.contains("Page") => weight - 0.08,
                    false => weight - 0.25,
                };
                self.date(key, value, weight);
            }
        }
    }

    fn date(&mut self, field: &str, value: &str, weight: f64) {
        if self.dates.len() < 20 {
            // The first article of a page's data is the page's own; later ones may be cards.
            let first = !self.dates.iter().any(|d| d.field == field);
            let weight = if first { weight } else { weight - 0.2 };
            let (field, value) = (field.to_owned(), value.to_owned());
            self.dates.push(MetaDate { source: DateSource::JsonLd, field, value, weight });
        }
    }

    /// Broken JSON still shows its fields.
    fn scan(&mut self, script: &str) {
        for (key, weight) in [("\"datePublished\"", 0.9), ("\"dateModified\"", 0.42)] {
            let Some(at) = script.find(key) else { continue };
            let rest = script[at + key.len()..].trim_start().trim_start_matches(':').trim_start();
            if let Some(value) = rest.strip_prefix('"').and_then(|r| r.split('"').next()) {
                let field = key.trim_matches('"').to_owned();
                self.date(&field, value, weight);
            }
        }
    }
}

fn type_name(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

fn author_names(value: Option<&Value>) -> Vec<String> {
    let mut out = Vec::new();
    let items: Vec<&Value> = match value {
        Some(Value::Array(items)) => items.iter().take(20).collect(),
        Some(one) => vec![one],
        None => return out,
    };
    for item in items {
        let name = item.as_str().or_else(|| item.get("name").and_then(Value::as_str)).unwrap_or("");
        for person in credit::people(&one_line(name)) {
            if !out.contains(&person) {
                out.push(person);
            }
        }
    }
    out
}
