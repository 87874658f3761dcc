namespace Mempulse.Builder.Dialects;

/// <summary>A field of a request.</summary>
/// <param name="Field">What it means.</param>
/// <param name="Name">What the builder calls it.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Source">The id of the source; null if none was found: then it is never sent.</param>
public sealed record DialectField(BundleField Field, string Name, FieldForm Form, string? Source)
{
    /// <summary>True if a source says that the builder has it.</summary>
    public bool IsVerified => Source is not null;
}
