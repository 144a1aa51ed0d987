//! HTML → raw blocks in the order of the page, each with what its elements say about it, and the page's metadata.

use ego_tree::iter::Edge;
use scraper::{Html, Node};
use variorum_schema::FurnitureReason;

use super::head::{self, Head};
use super::meta::Meta;
use super::zone;

/// A run of text between block boundaries.
#[derive(Clone, Debug, Default)]
pub(super) struct Raw {
    /// Text with single spaces.
    pub text: String,
    /// Name of the nearest block element.
    pub tag: &'static str,
    /// Bytes of the text inside links.
    pub linked: usize,
    /// Furniture by an ancestor element's name (`nav`, `aside`, …).
    pub element: Option<FurnitureReason>,
    /// Furniture by an ancestor's class or id.
    pub named: Option<FurnitureReason>,
    /// Inside `article`, `main` or `itemprop=articleBody`.
    pub article: bool,
    /// Inside an element named as a standfirst.
    pub standfirst: bool,
    /// Inside an element that is named as a date.
    pub dated: bool,
    /// Hidden by attribute or inline style.
    pub hidden: bool,
    /// Number of the element that holds the block's element: siblings share it.
    pub parent: usize,
}

/// A parsed page.
pub(super) struct Parsed {
    /// Blocks in order.
    pub raws: Vec<Raw>,
    /// Metadata.
    pub meta: Meta,
}

/// Longest text of one block; what follows starts a new one.
const BLOCK: usize = 1 << 20;

#[derive(Clone, Default)]
struct Context {
    tag: &'static str,
    element: Option<FurnitureReason>,
    named: Option<FurnitureReason>,
    article: bool,
    standfirst: bool,
    hidden: bool,
    dated: bool,
    link: bool,
    pre: bool,
    /// Number of the block element and of the one around it.
    own: usize,
    parent: usize,
}

struct Walk {
    raws: Vec<Raw>,
    current: String,
    linked: usize,
    stack: Vec<Context>,
    breaks: usize,
    dated: bool,
    head: Head,
    numbers: usize,
}

/// Parses a page. The caller has made sure that it is not too deep.
pub(super) fn parse(html: &str) -> Parsed {
    let tree = Html::parse_document(html).tree;
    let mut walk = Walk {
        raws: Vec::new(),
        current: String::new(),
        linked: 0,
        stack: vec![Context { tag: "body", ..Context::default() }],
        breaks: 0,
        dated: false,
        head: Head::default(),
        numbers: 0,
    };
    let mut skip = None;
    for edge in tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                if skip.is_some() {
                    continue;
                }
                match node.value() {
                    Node::Text(text) => walk.text(text),
                    Node::Element(element) => {
                        walk.head.element(element, || node_text(node), walk.raws.len());
                        if is_skipped(element.name()) {
                            skip = Some(node.id());
                        } else {
                            walk.open(element);
                        }
                    }
                    _ => {}
                }
            }
            Edge::Close(node) => {
                if skip == Some(node.id()) {
                    skip = None;
                } else if skip.is_none()
                    && let Node::Element(element) = node.value()
                {
                    walk.close(element.name());
                }
            }
        }
    }
    walk.flush();
    let meta = head::meta(walk.head);
    Parsed { raws: walk.raws, meta }
}

fn node_text(node: ego_tree::NodeRef<Node>) -> String {
    let mut out = String::new();
    for child in node.descendants().take(2000) {
        if let Node::Text(text) = child.value() {
            out.push_str(text);
        }
    }
    out
}

fn is_skipped(tag: &str) -> bool {
    matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "embed"
            | "select"
            | "option"
            | "datalist"
            | "textarea"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "input"
            | "title"
    )
}

/// The static name of a block element; `None` for inline ones.
fn block_name(tag: &str) -> Option<&'static str> {
    const BLOCKS: &[&str] = &[
        "p",
        "div",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "nav",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "legend",
        "details",
        "summary",
        "address",
        "hr",
        "body",
        "html",
        "center",
        "dialog",
        "menu",
        "button",
        "label",
        "picture",
        "hgroup",
        "amp-img",
    ];
    BLOCKS.iter().copied().find(|b| *b == tag)
}

impl Walk {
    fn open(&mut self, element: &scraper::node::Element) {
        let tag = element.name();
        let mut context = self.stack.last().cloned().unwrap_or_default();
        if tag == "br" {
            self.line_break();
        }
        let block = block_name(tag);
        if let Some(block) = block {
            self.flush();
            self.numbers += 1;
            context.parent = context.own;
            context.own = self.numbers;
            context.tag = block;
        }
        if tag == "a" {
            context.link = true;
            self.gap();
        }
        context.pre |= tag == "pre";
        context.element = context.element.or_else(|| zone::of_element(tag));
        context.article |= matches!(tag, "article" | "main");
        context.dated |= tag == "time";
        attributes(element, &mut context, block.is_some());
        self.stack.push(context);
    }

    fn close(&mut self, tag: &str) {
        if block_name(tag).is_some() {
            self.flush();
        }
        // The root of the stack is ours, not the page's.
        if self.stack.len() > 1 {
            self.stack.pop();
        }
    }

    /// Two breaks, or one after a full sentence, end a paragraph.
    fn line_break(&mut self) {
        self.breaks += 1;
        let sentence =
            self.current.len() >= 60 && self.current.trim_end().ends_with(['.', '!', '?', '"', '”']);
        if self.breaks >= 2 || sentence {
            self.flush();
        } else {
            self.gap();
        }
    }

    fn gap(&mut self) {
        if !self.current.is_empty() && !self.current.ends_with(' ') {
            self.current.push(' ');
        }
    }

    fn text(&mut self, text: &str) {
        let (pre, link) = self.stack.last().map_or((false, false), |c| (c.pre, c.link));
        let before = self.current.len();
        for c in text.chars() {
            if pre && c == '\n' {
                self.flush();
            } else if is_space(c) {
                self.gap();
            } else if !is_invisible(c) {
                self.current.push(c);
                self.breaks = 0;
            }
            if self.current.len() > BLOCK {
                self.flush();
            }
        }
        if self.current.len() > before {
            self.dated |= self.stack.last().is_some_and(|c| c.dated);
        }
        if link {
            self.linked += self.current.len().saturating_sub(before);
        }
    }

    fn flush(&mut self) {
        self.breaks = 0;
        let text = std::mem::take(&mut self.current);
        let linked = std::mem::take(&mut self.linked);
        let dated = std::mem::take(&mut self.dated);
        let text = text.trim();
        let Some(context) = self.stack.last() else { return };
        if text.is_empty() {
            return;
        }
        self.raws.push(Raw {
            text: text.to_owned(),
            tag: context.tag,
            linked: linked.min(text.len()),
            element: context.element,
            named: context.named,
            article: context.article,
            standfirst: context.standfirst,
            dated,
            hidden: context.hidden,
            parent: context.parent,
        });
    }
}

/// Elements whose names say nothing about a single line.
fn block_wide(tag: &str) -> bool {
    matches!(tag, "body" | "html" | "article" | "main" | "section")
}

/// White space of HTML; a no-break space stays, because it is text.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0C}' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{0B}')
}

/// Characters that show nothing: soft hyphens, zero-width spaces, byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{2060}') || (c.is_control() && c != '\t')
}

fn attributes(element: &scraper::node::Element, context: &mut Context, block: bool) {
    for (name, value) in element.attrs() {
        match name {
            "class" | "id" | "data-component" | "data-testid" => {
                let lower = value.to_ascii_lowercase();
                if context.named.is_none()
                    && !matches!(element.name(), "body" | "html" | "article" | "main")
                    && block
                {
                    context.named = zone::of_names(&lower);
                }
                let (standfirst, dated) = zone::hints(&lower);
                context.standfirst |= standfirst;
                context.dated |= dated && !block_wide(element.name());
            }
            "itemprop" if value.contains("articleBody") => context.article = true,
            "itemprop" if value.starts_with("date") => context.dated = true,
            "hidden" => context.hidden = true,
            "style" => {
                let squeezed: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                let lower = squeezed.to_ascii_lowercase();
                context.hidden |= lower.contains("display:none") || lower.contains("visibility:hidden");
            }
            "role" => match value {
                "navigation" | "menu" | "menubar" | "contentinfo" | "search" => {
                    context.element = context.element.or(Some(FurnitureReason::Navigation));
                }
                "complementary" => {
                    context.element = context.element.or(Some(FurnitureReason::RelatedHeadline))
                }
                "dialog" | "alertdialog" => {
                    context.element = context.element.or(Some(FurnitureReason::Boilerplate))
                }
                _ => {}
            },
            _ => {}
        }
    }
}
