namespace Mempulse.Dashboard.Design;

/// <summary>The colours of a theme.</summary>
/// <param name="Name">Its name: dark, light or contrast.</param>
/// <param name="Colors">Its colours by their names in the design.</param>
internal sealed record Theme(string Name, IReadOnlyList<(string Name, string Value)> Colors);
