namespace Mempulse.Client.Bundles;

/// <summary>A bundle that was made of an opportunity: GET /bundle/{id} has the rest.</summary>
/// <param name="Id">The bundle.</param>
/// <param name="Target">The block that it is for.</param>
/// <param name="BuiltSeq">The position of its assembly.</param>
/// <param name="Verdict">What became of it, in one word; open while it has no verdict.</param>
/// <param name="Strength">How far that can be relied on.</param>
/// <param name="Explanation">The same in sentences.</param>
/// <param name="OutcomeSeq">The position of the verdict; null while the bundle is open.</param>
/// <param name="Events">The positions of all its events, rising.</param>
public sealed record BundleLinkPart(string Id, ulong Target, ulong BuiltSeq, string Verdict, string Strength, string Explanation, ulong? OutcomeSeq, IReadOnlyList<ulong> Events);
