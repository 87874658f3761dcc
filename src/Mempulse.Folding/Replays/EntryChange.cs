using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Replays;

/// <summary>An entry of the state that differs between two positions.</summary>
/// <param name="Entry">What the entry is about; null for the counters of the whole state.</param>
/// <param name="By">The first events in between that name it, at most <see cref="RangeContents.MaxEventsOfEntry"/>.</param>
/// <param name="Events">Number of events in between that name it.</param>
/// <param name="Fields">The fields that differ, in the order of <see cref="EntryFields"/>.</param>
public sealed record EntryChange(EventKey? Entry, IReadOnlyList<GlobalSeq> By, int Events, IReadOnlyList<FieldChange> Fields);
