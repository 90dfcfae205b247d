// Section 8: typing of data   Γ; Σ ⊢ t : T
#include "typecheck/typing.hpp"
#include "typecheck/typing_parts.hpp"

namespace funpass {

namespace {

Handle boolType(const TypePremises& p) { return p.arena.make(Tag::TBool); }
Handle stringType(const TypePremises& p) { return p.arena.make(Tag::TString); }
Handle listOf(const TypePremises& p, Handle element) { return p.arena.make(Tag::TList, element); }

// t : T, t' : T, … for the fields of `p` that have a type: one type and one text for all of them.
Typing allOf(const TypePremises& p, Rule rule, int parts, Handle wanted, Handle result, const char* message) {
  for (int k = 0; k < parts; ++k) {
    const Handle found = p.type[static_cast<size_t>(k)];
    if (agree(p.arena, found, wanted) == 0) return fails(rule, static_cast<uint8_t>(k), k, found, wanted, message);
  }
  return holds(rule, result);
}

Typing notAList(const TypePremises& p, Rule rule, const char* message) {
  return fails(rule, 0, 0, p.type[0], 0, message);
}

// T-Bool   Γ;Σ ⊢ b : Bool
Typing tBool(const TypePremises& p) { return holds(Rule::TBool, boolType(p)); }

// T-String Γ;Σ ⊢ s : String
Typing tString(const TypePremises& p) { return holds(Rule::TString, stringType(p)); }

// T-If     Γ;Σ ⊢ t : Bool, Γ;Σ ⊢ t' : T, Γ;Σ ⊢ t'' : T ⟹ Γ;Σ ⊢ if (t) t' else t'' : T
Typing tIf(const TypePremises& p) {
  if (agree(p.arena, p.type[0], boolType(p)) == 0) {
    return fails(Rule::TIf, 0, 0, p.type[0], boolType(p), "the condition of `if` is a Bool");
  }
  const Handle type = agree(p.arena, p.type[1], p.type[2]);
  if (type == 0) return fails(Rule::TIf, 2, 2, p.type[2], p.type[1], "the two branches of `if` have different types");
  return holds(Rule::TIf, type);
}

// T-And    Γ;Σ ⊢ t : Bool, Γ;Σ ⊢ t' : Bool ⟹ Γ;Σ ⊢ t && t' : Bool
Typing tAnd(const TypePremises& p) { return allOf(p, Rule::TAnd, 2, boolType(p), boolType(p), "`&&` takes two Bools"); }

// T-Or     Γ;Σ ⊢ t : Bool, Γ;Σ ⊢ t' : Bool ⟹ Γ;Σ ⊢ t || t' : Bool
Typing tOr(const TypePremises& p) { return allOf(p, Rule::TOr, 2, boolType(p), boolType(p), "`||` takes two Bools"); }

// T-Not    Γ;Σ ⊢ t : Bool ⟹ Γ;Σ ⊢ !t : Bool
Typing tNot(const TypePremises& p) { return allOf(p, Rule::TNot, 1, boolType(p), boolType(p), "`!` takes a Bool"); }

// T-Eq     Γ;Σ ⊢ t : T, Γ;Σ ⊢ t' : T, T is comparable ⟹ Γ;Σ ⊢ t == t' : Bool
Typing tEq(const TypePremises& p) {
  const Handle type = agree(p.arena, p.type[0], p.type[1]);
  if (type == 0) return fails(Rule::TEq, 1, 1, p.type[1], p.type[0], "the two sides of `==` have different types");
  if (!isComparable(p.arena, type)) {
    return fails(Rule::TEq, 2, 0, type, 0,
                 "values of this type cannot be compared: they are not made of Int, Unit, Host, Bool and String alone");
  }
  return holds(Rule::TEq, boolType(p));
}

// What T-Lt, T-Le, T-Gt and T-Ge have in common: t : T, t' : T, T is Int or String.
Typing compared(const TypePremises& p, Rule rule) {
  const Handle type = agree(p.arena, p.type[0], p.type[1]);
  if (type == 0) return fails(rule, 1, 1, p.type[1], p.type[0], "the two sides of the comparison have different types");
  if (!isOrdered(p.arena, type)) return fails(rule, 2, 0, type, 0, "only values of type Int or String have an order");
  return holds(rule, boolType(p));
}

// T-Lt     Γ;Σ ⊢ t : T, Γ;Σ ⊢ t' : T, T is Int or String ⟹ Γ;Σ ⊢ t < t' : Bool
Typing tLt(const TypePremises& p) { return compared(p, Rule::TLt); }

// T-Le     Γ;Σ ⊢ t : T, Γ;Σ ⊢ t' : T, T is Int or String ⟹ Γ;Σ ⊢ t <= t' : Bool
Typing tLe(const TypePremises& p) { return compared(p, Rule::TLe); }

// T-Gt     Γ;Σ ⊢ t : T, Γ;Σ ⊢ t' : T, T is Int or String ⟹ Γ;Σ ⊢ t > t' : Bool
Typing tGt(const TypePremises& p) { return compared(p, Rule::TGt); }

// T-Ge     Γ;Σ ⊢ t : T, Γ;Σ ⊢ t' : T, T is Int or String ⟹ Γ;Σ ⊢ t >= t' : Bool
Typing tGe(const TypePremises& p) { return compared(p, Rule::TGe); }

// T-Concat Γ;Σ ⊢ t : T, Γ;Σ ⊢ t' : T, T is String or List[T'] ⟹ Γ;Σ ⊢ t ++ t' : T
Typing tConcat(const TypePremises& p) {
  const Handle type = agree(p.arena, p.type[0], p.type[1]);
  if (type == 0) return fails(Rule::TConcat, 1, 1, p.type[1], p.type[0], "the two sides of `++` have different types");
  const Node node = p.arena[type];
  if (!node.is(Tag::TString) && !node.is(Tag::TList) && !node.is(Tag::TUnknown)) {
    return fails(Rule::TConcat, 2, 0, type, 0, "`++` joins strings or lists",
                 node.is(Tag::TInt) ? "integers are added with `+`" : "");
  }
  return holds(Rule::TConcat, type);
}

// T-Nil    Γ;Σ ⊢ ([]: List[T]) : List[T]
Typing tNil(const TypePremises& p) { return holds(Rule::TNil, listOf(p, p.node[0])); }

// T-Cons   Γ;Σ ⊢ t : T, Γ;Σ ⊢ [t̄] : List[T] ⟹ Γ;Σ ⊢ [t, t̄] : List[T]
Typing tCons(const TypePremises& p) {
  const Handle type = agree(p.arena, listOf(p, p.type[0]), p.type[1]);
  if (type != 0) return holds(Rule::TCons, type);
  const Handle tail = elementOf(p.arena, Tag::TList, p.type[1]);
  if (tail == 0) return fails(Rule::TCons, 1, 1, p.type[1], listOf(p, p.type[0]), "the rest of a list is a list");
  return fails(Rule::TCons, 0, 0, p.type[0], tail, "the elements of a list have one type, and this one has another");
}

// T-Size   Γ;Σ ⊢ t : List[T] ⟹ Γ;Σ ⊢ size(t) : Int
Typing tSize(const TypePremises& p) {
  if (elementOf(p.arena, Tag::TList, p.type[0]) == 0) return notAList(p, Rule::TSize, "`size` takes a list");
  return holds(Rule::TSize, p.arena.make(Tag::TInt));
}

// T-Range  Γ;Σ ⊢ t : Int, Γ;Σ ⊢ t' : Int ⟹ Γ;Σ ⊢ range(t,t') : List[Int]
Typing tRange(const TypePremises& p) {
  const Handle integer = p.arena.make(Tag::TInt);
  return allOf(p, Rule::TRange, 2, integer, listOf(p, integer), "`range` takes two integers");
}

// T-Split  Γ;Σ ⊢ t : String, Γ;Σ ⊢ t' : String ⟹ Γ;Σ ⊢ split(t,t') : List[String]
Typing tSplit(const TypePremises& p) {
  return allOf(p, Rule::TSplit, 2, stringType(p), listOf(p, stringType(p)), "`split` takes two strings");
}

// t : List[T], t' : T ⇒ T' or T ⇒ T' {type C = T̄}, for the operations that apply t' to the elements of t.
struct OverList {
  Handle element = 0;  ///< T
  Handle to = 0;       ///< T'; 0: refused
  Typing refused = Typing::holds(Rule::Count, 0);
};

OverList overList(const TypePremises& p, Rule rule, const char* name) {
  OverList over;
  over.element = elementOf(p.arena, Tag::TList, p.type[0]);
  if (over.element == 0) {
    over.refused = fails(rule, 0, 0, p.type[0], 0, std::string("the first argument of `") + name + "` is a list");
    return over;
  }
  const Arrow arrow = arrowOf(p.arena, p.type[1]);
  if (arrow.to == 0) {
    over.refused =
        fails(rule, 1, 1, p.type[1], 0, std::string("the second argument of `") + name + "` is a function or a spore");
  } else if (const Handle from = agree(p.arena, arrow.from, over.element); from == 0) {
    over.refused =
        fails(rule, 1, 1, arrow.from, over.element, "the parameter has another type than the list's elements");
  } else {
    over.element = from;
    over.to = arrow.to;
  }
  return over;
}

// What the node carries for its result agrees with `type`; that which both know.
Handle noted(const TypePremises& p, Handle type) { return p.node[2] == 0 ? type : agree(p.arena, type, p.node[2]); }

constexpr const char* kOtherNote = "the operation was made for another type";

// T-Map    Γ;Σ ⊢ t : List[T], Γ;Σ ⊢ t' : T ⇒ T' or T ⇒ T' {type C = T̄} ⟹ Γ;Σ ⊢ map(t,t') : List[T']
Typing tMap(const TypePremises& p) {
  const OverList over = overList(p, Rule::TMap, "map");
  if (over.to == 0) return over.refused;
  const Handle type = noted(p, over.to);
  if (type == 0) return fails(Rule::TMap, 1, 1, over.to, p.node[2], kOtherNote);
  return holds(Rule::TMap, listOf(p, type));
}

// T-Filter Γ;Σ ⊢ t : List[T], Γ;Σ ⊢ t' : T ⇒ Bool or T ⇒ Bool {type C = T̄} ⟹ Γ;Σ ⊢ filter(t,t') : List[T]
Typing tFilter(const TypePremises& p) {
  const Handle element = elementOf(p.arena, Tag::TList, p.type[0]);
  if (element != 0 && noted(p, element) == 0) return fails(Rule::TFilter, 0, 0, element, p.node[2], kOtherNote);
  const OverList over = overList(p, Rule::TFilter, "filter");
  if (over.to == 0) return over.refused;
  if (agree(p.arena, over.to, boolType(p)) == 0) {
    return fails(Rule::TFilter, 1, 1, over.to, boolType(p), "the function of `filter` returns a Bool");
  }
  return holds(Rule::TFilter, listOf(p, over.element));
}

// T-FlatMap  Γ;Σ ⊢ t : List[T], Γ;Σ ⊢ t' : T ⇒ List[T'] or T ⇒ List[T'] {type C = T̄} ⟹ Γ;Σ ⊢ flatMap(t,t') : List[T']
Typing tFlatMap(const TypePremises& p) {
  const OverList over = overList(p, Rule::TFlatMap, "flatMap");
  if (over.to == 0) return over.refused;
  const Handle element = elementOf(p.arena, Tag::TList, over.to);
  if (element == 0) {
    return fails(Rule::TFlatMap, 1, 1, over.to, listOf(p, over.to), "the function of `flatMap` returns a list",
                 "`map` takes a function that returns one element");
  }
  const Handle type = noted(p, element);
  if (type == 0) return fails(Rule::TFlatMap, 1, 1, element, p.node[2], kOtherNote);
  return holds(Rule::TFlatMap, listOf(p, type));
}

// T-Exists Γ;Σ ⊢ t : List[T], Γ;Σ ⊢ t' : T ⇒ Bool or T ⇒ Bool {type C = T̄} ⟹ Γ;Σ ⊢ exists(t,t') : Bool
Typing tExists(const TypePremises& p) {
  const OverList over = overList(p, Rule::TExists, "exists");
  if (over.to == 0) return over.refused;
  if (agree(p.arena, over.to, boolType(p)) == 0) {
    return fails(Rule::TExists, 1, 1, over.to, boolType(p), "the function of `exists` returns a Bool");
  }
  return holds(Rule::TExists, boolType(p));
}

// T-Fold   Γ;Σ ⊢ t : List[T], Γ;Σ ⊢ t' : T', Γ;Σ ⊢ t'' : T' ⇒ T ⇒ T', where either arrow may be a spore's
//          ⟹ Γ;Σ ⊢ fold(t,t',t'') : T'
Typing tFold(const TypePremises& p) {
  const Handle element = elementOf(p.arena, Tag::TList, p.type[0]);
  if (element == 0) return notAList(p, Rule::TFold, "the first argument of `fold` is a list");
  const Arrow outer = arrowOf(p.arena, p.type[2]);
  const Arrow inner = outer.to == 0 ? Arrow{} : arrowOf(p.arena, outer.to);
  const char* const help = "it is written `(acc: A) => (x: T) => …`";
  if (inner.to == 0) {
    return fails(Rule::TFold, 2, 2, p.type[2], 0,
                 "the third argument of `fold` takes what was accumulated and then an element", help);
  }
  const Handle from = agree(p.arena, outer.from, p.type[1]);
  if (from == 0) {
    return fails(Rule::TFold, 2, 2, outer.from, p.type[1], "the first parameter has another type than the start value");
  }
  if (agree(p.arena, inner.from, element) == 0) {
    return fails(Rule::TFold, 2, 2, inner.from, element,
                 "the second parameter has another type than the list's elements");
  }
  const Handle type = agree(p.arena, inner.to, from);
  if (type == 0) {
    return fails(Rule::TFold, 2, 2, inner.to, p.type[1], "the function returns another type than the start value's");
  }
  return holds(Rule::TFold, type);
}

// T-SortBy Γ;Σ ⊢ t : List[T], Γ;Σ ⊢ t' : T ⇒ T' or T ⇒ T' {type C = T̄}, T' is Int or String
//          ⟹ Γ;Σ ⊢ sortBy(t,t') : List[T]
Typing tSortBy(const TypePremises& p) {
  const OverList over = overList(p, Rule::TSortBy, "sortBy");
  if (over.to == 0) return over.refused;
  if (noted(p, over.to) == 0) return fails(Rule::TSortBy, 1, 1, over.to, p.node[2], kOtherNote);
  if (!isOrdered(p.arena, over.to)) {
    return fails(Rule::TSortBy, 2, 1, over.to, 0, "`sortBy` sorts by keys of type Int or String");
  }
  return holds(Rule::TSortBy, listOf(p, over.element));
}

// T-SortByKeys  Γ;Σ ⊢ t : List[T], Γ;Σ ⊢ t' : List[T'], T' is Int or String ⟹ Γ;Σ ⊢ sortByKeys(t,t') : List[T]
Typing tSortByKeys(const TypePremises& p) {
  if (elementOf(p.arena, Tag::TList, p.type[0]) == 0) {
    return notAList(p, Rule::TSortByKeys, "the first argument of `sortByKeys` is a list");
  }
  const Handle key = elementOf(p.arena, Tag::TList, p.type[1]);
  if (key == 0) return fails(Rule::TSortByKeys, 1, 1, p.type[1], 0, "the second argument of `sortByKeys` is a list");
  if (!isOrdered(p.arena, key)) return fails(Rule::TSortByKeys, 2, 1, key, 0, "the keys are of type Int or String");
  return holds(Rule::TSortByKeys, p.arena.is(p.type[0], Tag::TList) ? p.type[0] : listOf(p, unknownType(p.arena)));
}

// T-Record, second premise for one argument: its "type" is the list of the arguments' types from here on.
Typing tRecordArg(const TypePremises& p) {
  return holds(Rule::TRecord, p.arena.make(Tag::TCons, p.type[0], p.type[1]));
}

// T-Record record R(ā: T̄) is declared, Γ;Σ ⊢ t̄ : T̄ ⟹ Γ;Σ ⊢ R(t̄) : R
Typing tRecord(const TypePremises& p) {
  const Node record = p.arena[p.node[0]];
  if (!record.is(Tag::TRecord)) return fails(Rule::TRecord, 0, 0, 0, 0, "no such record is declared");
  Handle field = record[1];
  Handle argument = p.type[1];
  int element = 0;
  for (; field != 0 && argument != 0; ++element) {
    const Node f = p.arena[field];
    const Node a = p.arena[argument];
    if (agree(p.arena, a[0], f[1]) == 0) {
      return failsAt(Rule::TRecord, 1, 1, element, a[0], f[1],
                     "the field `" + p.arena.text(f[0]) + "` of `" + p.arena.text(record[0]) + "` has another type");
    }
    field = f[2];
    argument = a[1];
  }
  if (field != 0) {
    return fails(Rule::TRecord, 1, 1, 0, 0,
                 "`" + p.arena.text(record[0]) + "` also has the field `" + p.arena.text(p.arena[field][0]) + "`");
  }
  if (argument != 0) {
    return failsAt(Rule::TRecord, 1, 1, element, 0, 0,
                   "`" + p.arena.text(record[0]) + "` has " + std::to_string(element) +
                       (element == 1 ? " field, and this argument is one too many"
                                     : " fields, and this argument is one too many"));
  }
  return holds(Rule::TRecord, p.node[0]);
}

// T-Field  Γ;Σ ⊢ t : R, record R(ā: T̄) is declared, a:T is one of ā:T̄ ⟹ Γ;Σ ⊢ t.a : T
Typing tField(const TypePremises& p) {
  const Node record = p.arena[p.type[0]];
  if (record.is(Tag::TUnknown)) return holds(Rule::TField, p.type[0]);
  if (!record.is(Tag::TRecord)) return fails(Rule::TField, 0, 0, p.type[0], 0, "only records have fields");
  std::string names;
  for (Handle field = record[1]; field != 0; field = p.arena[field][2]) {
    const Node f = p.arena[field];
    if (f[0] == p.node[1]) return holds(Rule::TField, f[1]);
    names += (names.empty() ? "`" : ", `") + p.arena.text(f[0]) + "`";
  }
  return fails(Rule::TField, 2, -1, p.type[0], 0,
               "`" + p.arena.text(record[0]) + "` has no field `" + p.arena.text(p.node[1]) + "`",
               "its fields are " + names);
}

}  // namespace

void addDataRules(TypeRules& rules) {
  const auto row = [&rules](Tag tag, TypeRule rule) { rules.row[static_cast<size_t>(tag)] = rule; };
  row(Tag::True, tBool);
  row(Tag::False, tBool);
  row(Tag::String, tString);
  row(Tag::If, tIf);
  row(Tag::And, tAnd);
  row(Tag::Or, tOr);
  row(Tag::Not, tNot);
  row(Tag::Eq, tEq);
  row(Tag::Lt, tLt);
  row(Tag::Le, tLe);
  row(Tag::Gt, tGt);
  row(Tag::Ge, tGe);
  row(Tag::Concat, tConcat);
  row(Tag::Nil, tNil);
  row(Tag::Cons, tCons);
  row(Tag::Size, tSize);
  row(Tag::Range, tRange);
  row(Tag::Split, tSplit);
  row(Tag::Map, tMap);
  row(Tag::Filter, tFilter);
  row(Tag::FlatMap, tFlatMap);
  row(Tag::Exists, tExists);
  row(Tag::Fold, tFold);
  row(Tag::SortBy, tSortBy);
  row(Tag::SortByKeys, tSortByKeys);
  row(Tag::Record, tRecord);
  row(Tag::Arg, tRecordArg);
  row(Tag::Field, tField);
}

}  // namespace funpass
