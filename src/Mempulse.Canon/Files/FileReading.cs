namespace Mempulse.Canon.Files;

/// <summary>Reads from the start of a file.</summary>
internal static class FileReading
{
    /// <summary>Returns the first bytes of a file, at most <paramref name="maxBytes"/>.</summary>
    public static byte[] ReadHead(this ILogFile file, int maxBytes)
    {
        byte[] bytes = new byte[(int)Math.Min(maxBytes, file.LengthBytes)];
        int read = file.Read(bytes, 0);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
