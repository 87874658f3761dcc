namespace Mempulse.Cli.Descriptors;

/// <summary>The folder that holds descriptors and what they include. Nothing outside of it is read.</summary>
/// <param name="root">The folder.</param>
internal sealed class DescriptorFolder(string root)
{
    /// <summary>Bytes of a descriptor.</summary>
    public const int MaxFileBytes = 1 << 20;

    /// <summary>Descriptors of one import.</summary>
    public const int MaxFiles = 10_000;

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The JSON files of the folder and the folders in it, in the order of their names, relative to it and with '/' between names.</summary>
    /// <exception cref="DescriptorException">There are too many.</exception>
    public IReadOnlyList<string> List()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 16 };
        string[] names = [.. Directory.EnumerateFiles(_root, "*.json", options).Take(MaxFiles + 1).Select(file => Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/'))];
        return names.Length > MaxFiles
            ? throw new DescriptorException($"The folder {_root} has more than {MaxFiles} JSON files.")
            : [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>The name of a file that another one includes.</summary>
    /// <exception cref="DescriptorException">It is outside of the folder.</exception>
    public static string Resolve(string name, string include)
    {
        var parts = new List<string>(name.Split('/')[..^1]);
        bool isPlain = include.Length is > 0 and <= 1_024 && include[0] != '/' && !include.Contains('\\', StringComparison.Ordinal) && !include.Contains(':', StringComparison.Ordinal) && !include.Contains('\0', StringComparison.Ordinal);
        foreach (string part in isPlain ? include.Split('/') : [])
        {
            if (part == ".." && parts.Count == 0)
            {
                isPlain = false;
                break;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ""))
            {
                parts.Add(part);
            }
        }

        return isPlain ? string.Join('/', parts) : throw new DescriptorException($"'{name}' includes '{include}', which is not a file inside of the folder that is imported. Import the folder that has both.");
    }

    /// <summary>Reads a file of the folder.</summary>
    /// <exception cref="DescriptorException">It is not there, is too large or leads out of the folder.</exception>
    public byte[] Read(string name)
    {
        string path = _root;
        foreach (string part in name.Split('/'))
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new DescriptorException($"'{name}' is a link, which may lead out of the folder.");
            }
        }

        if (!File.Exists(path))
        {
            throw new DescriptorException($"'{name}' is not in the folder {_root}.");
        }

        using var file = File.OpenHandle(path);
        long size = RandomAccess.GetLength(file);
        if (size > MaxFileBytes)
        {
            throw new DescriptorException($"'{name}' has {size} bytes: the limit is {MaxFileBytes}.");
        }

        byte[] content = new byte[size];
        int read = 0;
        while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is var part and > 0)
        {
            read += part;
        }

        return content[..read];
    }
}
