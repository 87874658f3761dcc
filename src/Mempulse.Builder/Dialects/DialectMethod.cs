namespace Mempulse.Builder.Dialects;

/// <summary>A method of a builder.</summary>
/// <param name="Method">What it does.</param>
/// <param name="Name">What the builder calls it.</param>
/// <param name="Parameters">How its fields stand in <c>params</c>.</param>
/// <param name="Fields">Its fields, in the order in which they are written.</param>
/// <param name="Source">The id of the source; null if none was found: then it is never called.</param>
public sealed record DialectMethod(RelayMethod Method, string Name, ParameterShape Parameters, IReadOnlyList<DialectField> Fields, string? Source)
{
    /// <summary>The verified field with a meaning; null if the builder is not known to have it.</summary>
    public DialectField? Find(BundleField field) => Fields.FirstOrDefault(candidate => candidate.Field == field && candidate.IsVerified);
}
