namespace Mempulse.Architecture.Tests.Sizes;

/// <summary>A type or method over its limit.</summary>
/// <param name="Name">Name of the type with its namespace, or of the method with its type.</param>
/// <param name="Lines">Its length in lines.</param>
internal sealed record Oversize(string Name, int Lines);
