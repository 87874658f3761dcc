using Mempulse.Canon.Files;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Rules;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;

namespace Mempulse.Storage.Rules;

/// <summary>The contents of the rules that a log states, in a store beside the log; the shipped registry is found without one.</summary>
/// <remarks>Thread-safe. A store of its own, so that no simulation pushes out what a replay needs.</remarks>
public sealed class RulesStore : IRulesContents
{
    /// <summary>Name of the subdirectory of the log's directory.</summary>
    public const string DirectoryName = "rules";

    private readonly ContentStoreOptions _options;
    private ContentStore? _store;

    private RulesStore(ContentStoreOptions options) => _options = options;

    /// <inheritdoc/>
    public string Place => _options.Directory;

    /// <summary>The store beside a log; nothing is opened or created yet.</summary>
    public static RulesStore Beside(string logDirectory, ILogFileSystem files) =>
        new(new ContentStoreOptions { Directory = Path.Combine(logDirectory, DirectoryName), Files = files });

    /// <summary>Stores a content; it is durable when this returns.</summary>
    /// <returns>Its Keccak-256.</returns>
    /// <exception cref="IOException">The disk is full or failed; put the content again.</exception>
    public Hash256 Put(ReadOnlySpan<byte> content) => Open().Put(ContentKind.Rules, content);

    /// <inheritdoc/>
    public bool TryRead(in Hash256 hash, out ReadOnlyMemory<byte> content)
    {
        // Another process may have stored it since this one looked.
        bool isFound = TryRead(Open(), hash, out content) || TryRead(_store = ContentStore.Open(_options), hash, out content);
        return isFound || TryReadShipped(hash, out content);
    }

    /// <summary>The registry of this program serves a log that was copied without its rules.</summary>
    private static bool TryReadShipped(in Hash256 hash, out ReadOnlyMemory<byte> content)
    {
        content = default;
        try
        {
            if (File.Exists(RegistryFile.Shipped) && File.ReadAllBytes(RegistryFile.Shipped) is var shipped && Keccak256.Hash(shipped) == hash)
            {
                content = shipped;
                return true;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // the caller says that it is missing
        }

        return false;
    }

    private static bool TryRead(ContentStore store, in Hash256 hash, out ReadOnlyMemory<byte> content)
    {
        content = default;
        try
        {
            if (!store.TryRead(hash, out byte[]? found))
            {
                return false;
            }

            content = found;
            return true;
        }
        catch (IOException)
        {
            return false; // the caller says that it is missing or damaged
        }
    }

    private ContentStore Open() => _store ??= ContentStore.Open(_options);
}
