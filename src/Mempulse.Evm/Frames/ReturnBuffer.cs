namespace Mempulse.Evm.Frames;

/// <summary>The return data of the last call. One buffer per run suffices, because the next call replaces it.</summary>
internal sealed class ReturnBuffer
{
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Set(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Fill(bytes.Length));

    /// <summary>Sets the length and returns the bytes for the caller to write.</summary>
    public Span<byte> Fill(int length)
    {
        if (length > _bytes.Length)
        {
            _bytes = new byte[Math.Max(length, _bytes.Length * 2)];
        }

        Length = length;
        return _bytes.AsSpan(0, length);
    }
}
