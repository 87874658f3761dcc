namespace Mempulse.Dashboard.Serving;

/// <summary>A file that browsers load.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="MediaType">What they are.</param>
internal sealed record Asset(ReadOnlyMemory<byte> Content, string MediaType);
