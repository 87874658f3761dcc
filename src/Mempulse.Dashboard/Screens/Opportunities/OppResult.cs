namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>What a stage gave.</summary>
/// <param name="Icon">An icon of the sprite; empty for none.</param>
/// <param name="Color">The severity or state whose colour the icon has; empty for that of the text.</param>
/// <param name="Word">What happened, in a few words.</param>
/// <param name="Strength">How far that can be relied on; empty before an outcome.</param>
internal sealed record OppResult(string Icon, string Color, string Word, string Strength);
