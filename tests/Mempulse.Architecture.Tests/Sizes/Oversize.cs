namespace Mempulse.Architecture.Tests.Sizes;

/// <summary>A type or method over its limit.</summary>
/// <param name="Name">Of a type with its namespace, of a method with its type.</param>
/// <param name="Lines">How long it is.</param>
internal sealed record Oversize(string Name, int Lines);
