namespace Mempulse.Builder.Sending;

/// <summary>Reads a body up to a limit.</summary>
internal static class BoundedBody
{
    /// <summary>Reads at most <paramref name="maxBytes"/>, and whether the body goes on after them.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool IsCut)> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            byte[] buffer = new byte[maxBytes + 1]; // one more, to see that it goes on
            int count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            bool isCut = count > maxBytes;
            return (buffer.AsMemory(0, isCut ? maxBytes : count), isCut);
        }
    }
}
