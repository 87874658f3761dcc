namespace Mempulse.Storage.Cases;

/// <summary>A named result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">The result.</param>
public sealed record CaseResult(string Name, string Text);
