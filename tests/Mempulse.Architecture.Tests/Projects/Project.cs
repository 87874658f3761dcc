using System.Xml.Linq;

namespace Mempulse.Architecture.Tests.Projects;

/// <summary>The contents of a csproj.</summary>
internal sealed record Project(string Name, string Layer, string AssemblyName, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    /// <summary>Every project of the repository.</summary>
    public static IReadOnlyList<Project> All { get; } =
        [.. Repository.Files(".csproj").Select(path => Parse(Path.GetFileNameWithoutExtension(path), Repository.Read(path)))];

    /// <summary>The projects that ship: src and the service defaults.</summary>
    public static IReadOnlyList<Project> Shipped { get; } =
        [.. All.Where(project => project.Layer is not ("Test" or "Benchmark"))];

    /// <summary>Reads a csproj; an undeclared layer is the empty string.</summary>
    public static Project Parse(string name, string xml)
    {
        var root = XElement.Parse(xml);
        return new Project(
            name,
            root.Descendants("MempulseLayer").FirstOrDefault()?.Value ?? string.Empty,
            root.Descendants("AssemblyName").FirstOrDefault()?.Value ?? name,
            [.. Includes(root, "ProjectReference").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)],
            [.. Includes(root, "PackageReference").Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Includes(XElement root, string element) =>
        root.Descendants(element).Select(item => item.Attribute("Include")?.Value ?? string.Empty);
}
