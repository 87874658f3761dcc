using Mempulse.Architecture.Tests.Projects;
using Mono.Cecil;

namespace Mempulse.Architecture.Tests;

/// <summary>The shipped assemblies, found next to these tests.</summary>
internal static class Assemblies
{
    /// <summary>Path of a project's assembly.</summary>
    public static string PathOf(Project project) => Path.Combine(AppContext.BaseDirectory, project.AssemblyName + ".dll");

    /// <summary>Its metadata and code.</summary>
    public static AssemblyDefinition Read(Project project)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        return AssemblyDefinition.ReadAssembly(PathOf(project), new ReaderParameters { AssemblyResolver = resolver });
    }
}
