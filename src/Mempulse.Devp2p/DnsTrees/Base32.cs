namespace Mempulse.Devp2p.DnsTrees;

/// <summary>RFC 4648 base32 without padding, the encoding of entry names in DNS trees.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerDigit = 5;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder();
        int bits = 0;
        int count = 0;
        foreach (byte next in bytes)
        {
            bits = (bits << 8) | next;
            count += 8;
            while (count >= BitsPerDigit)
            {
                count -= BitsPerDigit;
                text.Append(Alphabet[(bits >> count) & 31]);
            }

            bits &= (1 << count) - 1;
        }

        return count > 0 ? text.Append(Alphabet[(bits << (BitsPerDigit - count)) & 31]).ToString() : text.ToString();
    }

    /// <summary>Decodes text that fills <paramref name="bytes"/> exactly; false otherwise.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int bits = 0;
        int count = 0;
        int at = 0;
        foreach (char next in text)
        {
            int digit = Alphabet.IndexOf(next, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            bits = (bits << BitsPerDigit) | digit;
            count += BitsPerDigit;
            if (count >= 8)
            {
                count -= 8;
                if (at == bytes.Length)
                {
                    return false;
                }

                bytes[at++] = (byte)(bits >> count);
                bits &= (1 << count) - 1;
            }
        }

        return at == bytes.Length && bits == 0;
    }
}
