using Mempulse.Primitives.Records;

namespace Mempulse.Api.Streaming;

/// <summary>Which events a reader of the stream wants.</summary>
/// <param name="Kinds">The numbers of their kinds, rising; empty for all.</param>
/// <param name="Key">What they are about; null for anything.</param>
internal sealed record StreamFilter(IReadOnlyList<ushort> Kinds, EventKey? Key)
{
    /// <summary>True if a record is wanted.</summary>
    public bool Takes(in RecordView record) => HasKind((ushort)record.Kind) && (Key is not { } wanted || (record.TryGetKey(wanted.Kind, out var key) && key == wanted));

    private bool HasKind(ushort kind)
    {
        foreach (ushort wanted in Kinds)
        {
            if (wanted == kind)
            {
                return true;
            }
        }

        return Kinds.Count == 0;
    }
}
