using System.Diagnostics;
using Mempulse.Canon.Files;

namespace Mempulse.Storage.Contents;

/// <summary>What a file of a store holds.</summary>
/// <param name="Places">Its contents.</param>
/// <param name="Damage">Why it may hold others, which are not known; null if it does not.</param>
/// <param name="End">In a volume, where the next batch goes; null if nothing may follow.</param>
internal sealed record ContentScan(IReadOnlyList<ContentPlace> Places, ContentDamagedException? Damage, long? End)
{
    /// <summary>Reads where the contents of a file are.</summary>
    public static ContentScan Of(ILogFile file, in ContentName name)
    {
        switch (name.Kind)
        {
            case ContentFileKind.Single:
                return new ContentScan([ContentPlace.WholeFile(name.Digest)], Damage: null, End: null);
            case ContentFileKind.Batch:
                return OfBatch(file, name);
            case ContentFileKind.Volume:
                return ContentVolumeFile.Scan(file);
            default:
                throw new UnreachableException();
        }
    }

    private static ContentScan OfBatch(ILogFile file, in ContentName name)
    {
        try
        {
            return new ContentScan(ContentBatchFile.ReadHeader(file, name.Digest), Damage: null, End: null);
        }
        catch (ContentDamagedException damage)
        {
            return new ContentScan([], damage, End: null);
        }
    }
}
