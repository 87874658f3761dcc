namespace Mempulse.Folding.Replays;

/// <summary>A field of an entry of the state, as text.</summary>
/// <param name="Name">Its name, as in the answers of the API.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct EntryField(string Name, string Value);
