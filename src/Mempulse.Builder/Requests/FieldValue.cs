using Mempulse.Builder.Dialects;

namespace Mempulse.Builder.Requests;

/// <summary>A value that a command carries.</summary>
/// <param name="Field">What it means.</param>
/// <param name="Need">Whether a builder without the field can still do what is asked.</param>
internal sealed record FieldValue(BundleField Field, FieldNeed Need)
{
    /// <summary>The value of a number.</summary>
    public ulong Number { get; init; }

    /// <summary>The value of a text.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The value of bytes: one item, or those of a list.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Items { get; init; } = [];
}
