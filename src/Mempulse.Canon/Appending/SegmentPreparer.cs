using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Primitives;

namespace Mempulse.Canon.Appending;

/// <summary>Creates the next segment's file ahead of time, so that a full disk surfaces at the roll and no append waits for zero-filling.</summary>
/// <remarks>Thread-safe: a background thread prepares, the writer takes.</remarks>
internal sealed class SegmentPreparer(ILogFileSystem files, string directory, Epoch epoch, long segmentSizeBytes)
{
    /// <summary>Extension of a file that is not a segment yet.</summary>
    public const string Extension = ".next";

    private readonly Lock _lock = new();
    private PreparedSegment? _ready;

    /// <summary>The file system.</summary>
    public ILogFileSystem Files => files;

    /// <summary>The directory of the log.</summary>
    public string Directory => directory;

    /// <summary>Prepares a file unless one is ready.</summary>
    /// <exception cref="DiskFullException">The device is full; no partial file is left behind.</exception>
    public void Prepare() => Prepare(segmentSizeBytes);

    /// <summary>Returns the file for the next segment, preparing it now unless a large enough one is ready.</summary>
    /// <remarks>The file belongs to the preparer until <see cref="Used"/> is called.</remarks>
    /// <exception cref="DiskFullException">The device is full; no partial file is left behind.</exception>
    public PreparedSegment Take(long neededBytes) => Prepare(Math.Max(neededBytes, segmentSizeBytes));

    /// <summary>Releases the file that <see cref="Take"/> returned: it is a segment now.</summary>
    public void Used()
    {
        lock (_lock)
        {
            _ready = null;
        }
    }

    /// <summary>Forgets the file that <see cref="Take"/> returned: it could not be used, and the next one is made anew.</summary>
    public void Discard() => Used();

    /// <summary>Deletes the prepared but unused files of every epoch up to and including <paramref name="upTo"/>.</summary>
    public static void DeleteLeftovers(ILogFileSystem files, string directory, Epoch upTo)
    {
        foreach (string name in files.List(directory))
        {
            if (name.EndsWith(Extension, StringComparison.Ordinal)
                && ulong.TryParse(name.AsSpan(0, name.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out ulong epoch)
                && epoch <= upTo.Value)
            {
                files.Delete(Path.Combine(directory, name));
            }
        }
    }

    private PreparedSegment Prepare(long sizeBytes)
    {
        lock (_lock)
        {
            if (_ready is { } ready && ready.SizeBytes >= sizeBytes)
            {
                return ready;
            }

            string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{epoch.Value:D10}{Extension}"));
            _ready = null;
            files.Delete(path);
            try
            {
                using var file = files.Create(path);
                file.Allocate(sizeBytes);
                file.Sync(); // not final: nothing was acknowledged in this file, and after a failure another one is made
            }
            catch (DiskFullException)
            {
                files.Delete(path);
                throw;
            }

            _ready = new PreparedSegment(path, sizeBytes);
            return _ready;
        }
    }
}
