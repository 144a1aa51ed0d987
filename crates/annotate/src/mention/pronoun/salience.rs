//! What speaks for and against an antecedent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_schema::{EntityKind, Gender, Relation, Tag};

use super::{Anaphor, Candidate, MAX_SENTENCES, Role, Story, may_be_person, site::Function};
use crate::lexicon::entries;
use crate::mention::alias::Draft;
use crate::mention::kind::Sureness;
use crate::mention::view::View;

/// Declares the features with the names that they have in the list of weights.
macro_rules! features {
    ($($variant:ident $name:literal,)*) => {
        /// What may be told about an antecedent, beside the functions of both words.
        #[derive(Clone, Copy, Debug)]
        enum Feature {
            $($variant,)*
        }

        const NAMES: &[&str] = &[$($name,)*];
    };
}

features! {
    SameSentence "same sentence",
    OneSentenceBack "one sentence back",
    TwoSentencesBack "two sentences back",
    ThreeSentencesBack "three sentences back",
    MoreSentencesBack "more sentences back",
    TokensWithinTheSentence "tokens within the sentence",
    TokensOverSentences "tokens over sentences",
    EntitiesBetween "entities between",
    NearestEntity "nearest entity",
    SecondNearestEntity "second nearest entity",
    AnotherParagraph "another paragraph",
    OpensItsSentence "opens its sentence",
    LaterInAnEnumeration "later in an enumeration",
    FirstInAnEnumeration "first in an enumeration",
    InASubordinateClause "in a subordinate clause",
    SubjectOfTheSentenceBefore "subject of the sentence before",
    SubjectOfTheSentenceBeforePronounOpensAsSubject "subject of the sentence before, pronoun opens as subject",
    SubjectOfTheSameSentence "subject of the same sentence",
    SameFunctionAnotherSentence "same function, another sentence",
    SameFunctionSameSentence "same function, same sentence",
    RootOfItsSentence "root of its sentence",
    BehindAPreposition "behind a preposition",
    InBrackets "in brackets",
    BehindBy "behind by",
    BehindWith "behind with",
    NamedBehind "named behind",
    NamedBehindAnOpeningPhrasePossessive "named behind an opening phrase, possessive",
    NamedBehindAnOpeningClauseSubject "named behind an opening clause, subject",
    NamedBehindAnOpeningPhraseObject "named behind an opening phrase, object",
    NamedBehindNearest "named behind, nearest",
    NamedBehindPronounOpens "named behind, pronoun opens",
    SamePredicateObject "same predicate, object",
    SamePredicatePossessiveOfItsSubject "same predicate, possessive of its subject",
    SamePredicatePossessive "same predicate, possessive",
    SamePredicateReflexive "same predicate, reflexive",
    SamePredicateSubject "same predicate, subject",
    SubjectAboveSubject "subject above, subject",
    SubjectAboveObject "subject above, object",
    SubjectAbovePossessive "subject above, possessive",
    SubjectAboveJoinedClause "subject above, joined clause",
    SubjectAboveWhatItSays "subject above, what it says",
    SubjectAboveAdverbialClause "subject above, adverbial clause",
    SubjectAboveOpenClause "subject above, open clause",
    SubjectAboveBesideIt "subject above, beside it",
    ObjectAboveWhatIsSaid "object above, what is said",
    ObjectAboveAdverbialClause "object above, adverbial clause",
    ObjectAboveOpenClause "object above, open clause",
    ObjectAboveJoinedClause "object above, joined clause",
    ItsRelativeClause "its relative clause",
    JoinedToIt "joined to it",
    BesideIt "beside it",
    InsideItsPhrase "inside its phrase",
    PossessorOfWhatGoverns "possessor of what governs",
    APronoun "a pronoun",
    APronounOfTheSameRole "a pronoun of the same role",
    APossessivePronoun "a possessive pronoun",
    APronounOfTheSameSentence "a pronoun of the same sentence",
    APronounOfTheOtherGender "a pronoun of the other gender",
    ADescription "a description",
    AFullName "a full name",
    GenderKnown "gender known",
    GenderShownByAPronoun "gender shown by a pronoun",
    GenderShownOtherwiseByAPronoun "gender shown otherwise by a pronoun",
    APersonByGuess "a person by guess",
    APersonByContext "a person by context",
    APlaceByGuess "a place by guess",
    APlaceByContext "a place by context",
    AnOrganisationByGuess "an organisation by guess",
    AnOrganisationByContext "an organisation by context",
    NoKindByGuess "no kind, by guess",
    NoKindByContext "no kind, by context",
    MentionsNear "mentions near",
    TimesNamed "times named",
    NamedMost "named most",
    InTheFirstSentence "in the first sentence",
    FirstEntity "first entity",
    MeantByTheLastPronoun "meant by the last pronoun",
    NotMeantByTheLastPronoun "not meant by the last pronoun",
    PossessorPossessive "possessor, possessive",
}

const FUNCTIONS: [&str; 8] =
    ["subject", "passive", "object", "oblique", "nominal", "possessor", "apposition", "other"];
const ROLES: [&str; 3] = ["subject", "object", "possessive"];

/// Weights in hundredths of a nat: those of [`NAMES`], then one for each pair of functions, in the same sentence and over
/// sentences.
static WEIGHTS: LazyLock<Vec<i32>> = LazyLock::new(|| {
    let listed: BTreeMap<&str, i32> = entries(include_str!("../../../data/en/pronoun-weights.txt"))
        .filter_map(|fields| Some((*fields.first()?, fields.get(1)?.parse().ok()?)))
        .collect();
    let weight = |name: &str| listed.get(name).copied().unwrap_or(0);
    let pairs = [">", ">>"].into_iter().flat_map(|sign| {
        FUNCTIONS.iter().flat_map(move |f| ROLES.iter().map(move |r| format!("{f} {sign} {r}")))
    });
    let named: Vec<i32> = NAMES.iter().map(|name| weight(name)).collect();
    named.into_iter().chain(pairs.map(|name| weight(&name)).collect::<Vec<_>>()).collect()
});

/// The sum of what was told, in thousandths of a nat.
#[derive(Default)]
struct Score(i64);

impl Score {
    /// Adds a feature with its value in tenths.
    fn tell(&mut self, feature: Feature, tenths: i32) {
        self.add(feature as usize, tenths);
    }

    /// Adds the pair of functions.
    fn pair(&mut self, function: Function, role: Role, is_same: bool) {
        let row = function as usize + if is_same { 0 } else { FUNCTIONS.len() };
        let column = match role {
            Role::Subject => 0,
            Role::Object | Role::Reflexive => 1,
            Role::Possessive => 2,
        };
        self.add(NAMES.len() + ROLES.len() * row + column, 10);
    }

    fn add(&mut self, weight: usize, tenths: i32) {
        self.0 += i64::from(WEIGHTS.get(weight).copied().unwrap_or(0)) * i64::from(tenths);
    }
}

/// The most salient entity that agrees.
pub(super) fn best(
    view: &View,
    window: &[Candidate],
    drafts: &[Draft],
    anaphor: &Anaphor,
    story: &Story,
) -> Option<usize> {
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    for candidate in window {
        *counts.entry(candidate.mention.entity).or_default() += 1;
    }
    let mut best: Option<(i64, usize)> = None;
    let mut nearer: BTreeSet<usize> = BTreeSet::new();
    for candidate in window.iter().rev() {
        let entity = candidate.mention.entity;
        let Some(draft) = drafts.get(entity) else { continue };
        let back = anaphor.sentence.saturating_sub(candidate.mention.sentence);
        let disagrees = draft.entity.gender.is_some_and(|g| g != anaphor.gender);
        // what looks like a place or a body is a person only where it acts or owns
        let acts = candidate.site.is_subject() || candidate.site.function == Function::Possessor;
        let is_thing = matches!(draft.entity.kind, EntityKind::Place | EntityKind::Organisation) && !acts;
        // "the chief of the village, Roe": the name beside the description is meant
        let is_named = draft.forms.is_empty()
            && window.iter().any(|other| {
                other.mention.first >= candidate.mention.last
                    && other.site.above.first().is_some_and(|(_, relation)| *relation == Relation::Appos)
                    && other.site.is_under(candidate.site.head)
                    && drafts.get(other.mention.entity).is_some_and(|d| !d.forms.is_empty())
            });
        if back > MAX_SENTENCES || !may_be_person(draft) || disagrees || is_thing || is_named {
            continue;
        }
        nearer.insert(entity);
        let seen = Seen {
            view,
            candidate,
            draft,
            anaphor,
            story,
            nearer: nearer.len() - 1,
            count: counts.get(&entity).copied().unwrap_or(1),
        };
        let score = seen.score();
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, entity));
        }
    }
    best.map(|(_, entity)| entity)
}

/// One antecedent beside one pronoun.
struct Seen<'a> {
    view: &'a View<'a>,
    candidate: &'a Candidate,
    draft: &'a Draft,
    anaphor: &'a Anaphor,
    story: &'a Story,
    /// Entities that stand between.
    nearer: usize,
    /// Mentions of the entity in the window.
    count: u32,
}

impl Seen<'_> {
    fn score(&self) -> i64 {
        let mut score = Score::default();
        self.distance(&mut score);
        self.roles(&mut score);
        self.binding(&mut score);
        self.entity(&mut score);
        score.0
    }

    fn back(&self) -> usize {
        self.anaphor.sentence.saturating_sub(self.candidate.mention.sentence)
    }

    fn is_ahead(&self) -> bool {
        self.candidate.mention.first > self.anaphor.at
    }

    fn distance(&self, score: &mut Score) {
        let tokens = self.anaphor.at.abs_diff(self.candidate.mention.first).min(60) as i32;
        match self.back() {
            0 => score.tell(Feature::SameSentence, 10),
            1 => score.tell(Feature::OneSentenceBack, 10),
            2 => score.tell(Feature::TwoSentencesBack, 10),
            3 => score.tell(Feature::ThreeSentencesBack, 10),
            _ => score.tell(Feature::MoreSentencesBack, 10),
        }
        if self.back() == 0 {
            score.tell(Feature::TokensWithinTheSentence, tokens / 2);
        } else {
            score.tell(Feature::TokensOverSentences, tokens / 2);
        }
        score.tell(Feature::EntitiesBetween, 10 * self.nearer.min(5) as i32);
        match self.nearer {
            0 => score.tell(Feature::NearestEntity, 10),
            1 => score.tell(Feature::SecondNearestEntity, 10),
            _ => {}
        }
        let block = |sentence: usize| self.view.sentences.get(sentence).map(|s| s.block);
        if block(self.anaphor.sentence) != block(self.candidate.mention.sentence) {
            score.tell(Feature::AnotherParagraph, 10);
        }
    }

    fn roles(&self, score: &mut Score) {
        let (view, mention, site) = (self.view, &self.candidate.mention, &self.candidate.site);
        let is_same = self.back() == 0;
        score.pair(site.function, self.anaphor.role, is_same);
        let first = view.sentences.get(mention.sentence).map_or(0, |s| s.first_token as usize);
        if mention.first <= first + 1 {
            score.tell(Feature::OpensItsSentence, 10);
        }
        if site.is_joined {
            score.tell(Feature::LaterInAnEnumeration, 10);
        }
        if site.has_joined {
            score.tell(Feature::FirstInAnEnumeration, 10);
        }
        if site.depth > 0 {
            score.tell(Feature::InASubordinateClause, 10 * site.depth.min(3) as i32);
        }
        let is_root = site.is_subject() && site.depth == 0;
        let own = self.anaphor.site.predicate;
        let opens = view
            .sentences
            .get(self.anaphor.sentence)
            .is_some_and(|s| self.anaphor.at < s.first_token as usize + 3);
        let subject = self.anaphor.site.is_subject();
        if is_root && self.back() == 1 {
            score.tell(Feature::SubjectOfTheSentenceBefore, 10);
            if opens && subject {
                score.tell(Feature::SubjectOfTheSentenceBeforePronounOpensAsSubject, 10);
            }
        }
        if is_root && is_same && !self.is_ahead() {
            score.tell(Feature::SubjectOfTheSameSentence, 10);
        }
        let parallel = site.function == self.anaphor.site.function;
        if parallel && !is_same {
            score.tell(Feature::SameFunctionAnotherSentence, 10);
        }
        if parallel && is_same && own != site.predicate {
            score.tell(Feature::SameFunctionSameSentence, 10);
        }
        if site.function == Function::Other && site.above.is_empty() {
            score.tell(Feature::RootOfItsSentence, 10);
        }
        let before = mention.first.checked_sub(1).map_or(Tag::X, |i| view.tag(i));
        if before == Tag::Adp {
            score.tell(Feature::BehindAPreposition, 10);
        }
        if matches!(view.word(mention.first.saturating_sub(1)), "(" | "[") {
            score.tell(Feature::InBrackets, 10);
        }
        if view.low(mention.first.saturating_sub(1)) == "by" {
            score.tell(Feature::BehindBy, 10);
        }
        if view.low(mention.first.saturating_sub(1)) == "with" {
            score.tell(Feature::BehindWith, 10);
        }
    }

    /// Who may be meant by the structure of the sentence (Chomsky 1981, after its principles A and B).
    fn binding(&self, score: &mut Score) {
        let (site, own, role) = (&self.candidate.site, &self.anaphor.site, self.anaphor.role);
        if self.back() != 0 {
            return;
        }
        if self.is_ahead() {
            score.tell(Feature::NamedBehind, 10);
            let relation = own.branch(site.predicate);
            let fronted = matches!(relation, Some(Relation::Obl | Relation::Advcl | Relation::Dep));
            match (fronted, role) {
                (true, Role::Possessive) => score.tell(Feature::NamedBehindAnOpeningPhrasePossessive, 10),
                (true, Role::Subject) => score.tell(Feature::NamedBehindAnOpeningClauseSubject, 10),
                (true, _) => score.tell(Feature::NamedBehindAnOpeningPhraseObject, 10),
                _ => {}
            }
            if self.nearer == 0 {
                score.tell(Feature::NamedBehindNearest, 10);
            }
            if self
                .view
                .sentences
                .get(self.anaphor.sentence)
                .is_some_and(|s| self.anaphor.at < s.first_token as usize + 3)
            {
                score.tell(Feature::NamedBehindPronounOpens, 10);
            }
            return;
        }
        let same = site.predicate == own.predicate;
        if same && site.function != Function::Possessor && site.function != Function::Nominal {
            match role {
                Role::Object => score.tell(Feature::SamePredicateObject, 10),
                Role::Possessive if site.is_subject() => {
                    score.tell(Feature::SamePredicatePossessiveOfItsSubject, 10)
                }
                Role::Possessive => score.tell(Feature::SamePredicatePossessive, 10),
                Role::Reflexive => score.tell(Feature::SamePredicateReflexive, 10),
                Role::Subject => score.tell(Feature::SamePredicateSubject, 10),
            }
        }
        if !same && site.is_subject() && own.is_under(site.predicate) {
            match role {
                Role::Subject => score.tell(Feature::SubjectAboveSubject, 10),
                Role::Object | Role::Reflexive => score.tell(Feature::SubjectAboveObject, 10),
                Role::Possessive => score.tell(Feature::SubjectAbovePossessive, 10),
            }
            match own.branch(site.predicate) {
                Some(Relation::Conj) => score.tell(Feature::SubjectAboveJoinedClause, 10),
                Some(Relation::Ccomp) => score.tell(Feature::SubjectAboveWhatItSays, 10),
                Some(Relation::Advcl) => score.tell(Feature::SubjectAboveAdverbialClause, 10),
                Some(Relation::Xcomp) => score.tell(Feature::SubjectAboveOpenClause, 10),
                Some(Relation::Parataxis) => score.tell(Feature::SubjectAboveBesideIt, 10),
                _ => {}
            }
        }
        if !same && !site.is_subject() && own.is_under(site.predicate) {
            match own.branch(site.predicate) {
                Some(Relation::Ccomp) => score.tell(Feature::ObjectAboveWhatIsSaid, 10),
                Some(Relation::Advcl) => score.tell(Feature::ObjectAboveAdverbialClause, 10),
                Some(Relation::Xcomp) => score.tell(Feature::ObjectAboveOpenClause, 10),
                Some(Relation::Conj) => score.tell(Feature::ObjectAboveJoinedClause, 10),
                _ => {}
            }
        }
        match own.branch(site.head) {
            Some(Relation::AclRelcl) => score.tell(Feature::ItsRelativeClause, 10),
            Some(Relation::Conj) => score.tell(Feature::JoinedToIt, 10),
            Some(Relation::Appos) => score.tell(Feature::BesideIt, 10),
            Some(_) => score.tell(Feature::InsideItsPhrase, 10),
            None => {}
        }
        // "Roe's brother lost his keys": the possessor against what it possesses
        if site.function == Function::Possessor && site.above.first().is_some_and(|(up, _)| own.is_under(*up))
        {
            score.tell(Feature::PossessorOfWhatGoverns, 10);
        }
    }

    fn entity(&self, score: &mut Score) {
        let (view, mention, draft) = (self.view, &self.candidate.mention, self.draft);
        let entity = mention.entity;
        match self.candidate.pronoun {
            Some((gender, role)) => {
                score.tell(Feature::APronoun, 10);
                if role == self.anaphor.role {
                    score.tell(Feature::APronounOfTheSameRole, 10);
                }
                if role == Role::Possessive {
                    score.tell(Feature::APossessivePronoun, 10);
                }
                if self.back() == 0 {
                    score.tell(Feature::APronounOfTheSameSentence, 10);
                }
                if gender != self.anaphor.gender {
                    score.tell(Feature::APronounOfTheOtherGender, 10);
                }
            }
            None if draft.forms.is_empty() => score.tell(Feature::ADescription, 10),
            None if mention.last > mention.first + 1 => score.tell(Feature::AFullName, 10),
            None => {}
        }
        match (draft.entity.gender, self.story.shown.get(&entity)) {
            (Some(_), _) => score.tell(Feature::GenderKnown, 10),
            (None, Some(g)) if *g == self.anaphor.gender => score.tell(Feature::GenderShownByAPronoun, 10),
            (None, Some(_)) => score.tell(Feature::GenderShownOtherwiseByAPronoun, 10),
            _ => {}
        }
        let is_guess = draft.sureness == Some(Sureness::Guess);
        match draft.entity.kind {
            EntityKind::Person if is_guess => score.tell(Feature::APersonByGuess, 10),
            EntityKind::Person if draft.sureness == Some(Sureness::Context) => {
                score.tell(Feature::APersonByContext, 10)
            }
            EntityKind::Person => {}
            EntityKind::Place if is_guess => score.tell(Feature::APlaceByGuess, 10),
            EntityKind::Place => score.tell(Feature::APlaceByContext, 10),
            EntityKind::Organisation if is_guess => score.tell(Feature::AnOrganisationByGuess, 10),
            EntityKind::Organisation => score.tell(Feature::AnOrganisationByContext, 10),
            _ if is_guess => score.tell(Feature::NoKindByGuess, 10),
            _ => score.tell(Feature::NoKindByContext, 10),
        }
        let named = self.story.named.get(&entity).copied().unwrap_or(0);
        score.tell(Feature::MentionsNear, tenths_of_log(self.count));
        score.tell(Feature::TimesNamed, tenths_of_log(named.max(1)));
        if named == self.story.most && named > 1 {
            score.tell(Feature::NamedMost, 10);
        }
        if mention.sentence == 0 {
            score.tell(Feature::InTheFirstSentence, 10);
        }
        if entity == 0 {
            score.tell(Feature::FirstEntity, 10);
        }
        let female = usize::from(self.anaphor.gender == Gender::Female);
        if self.story.focus[female] == Some(entity) {
            score.tell(Feature::MeantByTheLastPronoun, 10);
        } else if self.story.focus[female].is_some() {
            score.tell(Feature::NotMeantByTheLastPronoun, 10);
        }
        if matches!(view.word(mention.last), "'s" | "’s" | "'" | "’") && self.anaphor.role == Role::Possessive
        {
            score.tell(Feature::PossessorPossessive, 10);
        }
    }
}

/// Ten times the natural logarithm of a count.
fn tenths_of_log(count: u32) -> i32 {
    const LOGS: [i32; 13] = [0, 0, 7, 11, 14, 16, 18, 19, 21, 22, 23, 24, 25];
    LOGS.get(count as usize).copied().unwrap_or(26)
}
