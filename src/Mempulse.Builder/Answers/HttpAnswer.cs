namespace Mempulse.Builder.Answers;

/// <summary>An answer as it arrived.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, or its beginning.</param>
/// <param name="IsCut">True if the body went on after <paramref name="Body"/>.</param>
/// <param name="MediaType">The media type that the header states; null if it states none.</param>
/// <param name="RetryAfter">How long the header asks to wait; null if it does not.</param>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body, bool IsCut = false, string? MediaType = null, TimeSpan? RetryAfter = null);
