//! The transition system: stack, buffer, and the arcs built so far.

use variorum_schema::Relation;

use super::RELATIONS;

/// Marks the absence of a token.
pub const NONE: usize = usize::MAX;

/// One transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The next word goes onto the stack.
    Shift,
    /// The top of the stack becomes a dependent of the next word, with this relation.
    Left(usize),
    /// The top of the stack becomes a dependent of the word below it, with this relation.
    Right(usize),
}

impl Move {
    /// How many moves there are.
    pub const COUNT: usize = 1 + 2 * RELATIONS.len();

    /// The move's number: 0 for a shift, then the left arcs, then the right arcs.
    #[must_use]
    pub fn number(self) -> usize {
        match self {
            Move::Shift => 0,
            Move::Left(label) => 1 + label,
            Move::Right(label) => 1 + RELATIONS.len() + label,
        }
    }

    /// The move with that number.
    #[must_use]
    pub fn from_number(number: usize) -> Move {
        match number.checked_sub(1) {
            None => Move::Shift,
            Some(label) if label < RELATIONS.len() => Move::Left(label),
            Some(label) => Move::Right(label - RELATIONS.len()),
        }
    }
}

/// What is known of one word while parsing.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Its head, [`NONE`] before it has one; the root's head is the number of words.
    pub head: usize,
    /// Index of its relation in [`RELATIONS`], or [`NONE`].
    pub label: usize,
    /// Its first and second dependents on the left, from the outside.
    pub left: [usize; 2],
    /// Its first and second dependents on the right, from the outside.
    pub right: [usize; 2],
    /// How many dependents it has on the left.
    pub lefts: u32,
    /// How many dependents it has on the right.
    pub rights: u32,
}

const FRESH: Node = Node { head: NONE, label: NONE, left: [NONE; 2], right: [NONE; 2], lefts: 0, rights: 0 };

/// A partly parsed sentence.
#[derive(Clone, Debug)]
pub struct State {
    stack: Vec<usize>,
    next: usize,
    nodes: Vec<Node>,
}

impl State {
    /// The beginning: nothing on the stack, `length` words to come, then the root.
    #[must_use]
    pub fn new(length: usize) -> State {
        State { stack: Vec::new(), next: 0, nodes: vec![FRESH; length + 1] }
    }

    /// Number of words, which is also the place of the root.
    #[must_use]
    pub fn length(&self) -> usize {
        self.nodes.len() - 1
    }

    /// Whether every word has its head.
    #[must_use]
    pub fn done(&self) -> bool {
        self.next >= self.length() && self.stack.is_empty()
    }

    /// The stack, its top last.
    #[must_use]
    pub fn stack(&self) -> &[usize] {
        &self.stack
    }

    /// The `n`th item from the top of the stack, or [`NONE`].
    #[must_use]
    pub fn top(&self, n: usize) -> usize {
        self.stack.len().checked_sub(n + 1).map_or(NONE, |at| self.stack[at])
    }

    /// The `n`th word of the buffer (the root at its end), or [`NONE`].
    #[must_use]
    pub fn ahead(&self, n: usize) -> usize {
        if self.next + n <= self.length() { self.next + n } else { NONE }
    }

    /// What is known of a word.
    #[must_use]
    pub fn node(&self, idx: usize) -> &Node {
        self.nodes.get(idx).unwrap_or(&FRESH)
    }

    /// The head of a word; `None` for the root of the sentence.
    #[must_use]
    pub fn head(&self, idx: usize) -> Option<usize> {
        Some(self.node(idx).head).filter(|&head| head < self.length())
    }

    /// Index of a word's relation in [`RELATIONS`], or [`NONE`].
    #[must_use]
    pub fn label(&self, idx: usize) -> usize {
        self.node(idx).label
    }

    /// Whether the root is all that is left in the buffer: then a left arc makes the root of the sentence.
    #[must_use]
    pub fn at_root(&self) -> bool {
        self.next >= self.length()
    }

    /// Whether shift, a left arc, a right arc are possible. Only the last item on the stack goes to the root.
    #[must_use]
    pub fn possible(&self) -> [bool; 3] {
        let left = if self.at_root() { self.stack.len() == 1 } else { !self.stack.is_empty() };
        [!self.at_root(), left, self.stack.len() > 1]
    }

    /// Whether a move is possible: a left arc carries the relation of the root just when it comes from there.
    #[must_use]
    pub fn allows(&self, step: Move) -> bool {
        let [shift, left, right] = self.possible();
        let root = |label: usize| RELATIONS.get(label) == Some(&Relation::Root);
        match step {
            Move::Shift => shift,
            Move::Left(label) => left && root(label) == self.at_root(),
            Move::Right(label) => right && !root(label),
        }
    }

    /// The move, where only one is possible: whatever its score, it is the best.
    #[must_use]
    pub fn forced(&self) -> Option<Move> {
        match self.possible() {
            [true, false, false] => Some(Move::Shift),
            [false, true, false] => RELATIONS.iter().position(|r| *r == Relation::Root).map(Move::Left),
            _ => None,
        }
    }

    /// The possible move with the highest score, the first where several are equal.
    #[must_use]
    pub fn best(&self, scores: &[i32]) -> Option<Move> {
        let mut best: Option<(i32, Move)> = None;
        for (number, &score) in scores.iter().enumerate() {
            if best.is_none_or(|(most, _)| score > most) && self.allows(Move::from_number(number)) {
                best = Some((score, Move::from_number(number)));
            }
        }
        best.map(|(_, step)| step)
    }

    /// Makes the move, which must be possible.
    pub fn apply(&mut self, step: Move) {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left(label) => {
                if let Some(child) = self.stack.pop() {
                    self.attach(child, self.next, label);
                }
            }
            Move::Right(label) => {
                if let (Some(child), Some(&head)) = (self.stack.pop(), self.stack.last()) {
                    self.attach(child, head, label);
                }
            }
        }
    }

    fn attach(&mut self, child: usize, head: usize, label: usize) {
        self.nodes[child].head = head;
        self.nodes[child].label = label;
        let node = &mut self.nodes[head];
        // dependents on either side arrive from the inside out
        if child < head {
            node.left = [child, node.left[0]];
            node.lefts += 1;
        } else {
            node.right = [child, node.right[0]];
            node.rights += 1;
        }
    }
}
