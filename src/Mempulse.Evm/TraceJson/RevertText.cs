using Mempulse.Primitives;

namespace Mempulse.Evm.TraceJson;

/// <summary>Decodes the message of a revert with Error(string). <see href="https://docs.soliditylang.org/en/latest/control-structures.html#revert"/></summary>
public static class RevertText
{
    /// <summary>Maximum length of the decoded message in bytes; a longer one is truncated.</summary>
    public const int MaxBytes = 1024;

    private const int SelectorBytes = 4;
    private const int HeadBytes = SelectorBytes + (2 * UInt256.Size);

    /// <summary>Selector of Error(string).</summary>
    private static ReadOnlySpan<byte> Selector => [0x08, 0xc3, 0x79, 0xa0];

    /// <summary>Decodes the message; false when the output is not an Error(string). Invalid UTF-8 becomes replacement characters.</summary>
    public static bool TryRead(ReadOnlySpan<byte> output, out string text)
    {
        text = string.Empty;
        if (output.Length < HeadBytes || !output.StartsWith(Selector))
        {
            return false;
        }

        var offset = UInt256.FromBigEndian(output.Slice(SelectorBytes, UInt256.Size));
        var length = UInt256.FromBigEndian(output.Slice(SelectorBytes + UInt256.Size, UInt256.Size));
        if (offset != (ulong)UInt256.Size || length > (ulong)(output.Length - HeadBytes))
        {
            return false;
        }

        text = System.Text.Encoding.UTF8.GetString(output.Slice(HeadBytes, Math.Min((int)length.LowUInt64, MaxBytes)));
        return true;
    }
}
