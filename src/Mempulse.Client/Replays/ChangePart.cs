namespace Mempulse.Client.Replays;

/// <summary>An entry of the state that differs between two positions.</summary>
/// <param name="Kind">"tx", "sender", "block", "opp", "bundle", or "counters" for those of the whole state.</param>
/// <param name="Id">The hash or account; null for the counters.</param>
/// <param name="By">The first events in between that name it, at most three.</param>
/// <param name="Events">Number of events in between that name it.</param>
/// <param name="Fields">The fields that differ.</param>
public sealed record ChangePart(string Kind, string? Id, IReadOnlyList<ulong> By, int Events, IReadOnlyList<FieldPart> Fields);
