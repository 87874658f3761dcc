using System.Text.Json;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>A kind of vector that is known by what stands in its file. Confined to one thread.</summary>
internal interface IVectorShape
{
    /// <summary>What it is, in a few words.</summary>
    string Name { get; }

    /// <summary>True when the file is of this kind.</summary>
    bool Accepts(JsonElement root);

    /// <summary>Runs all that stands in the file.</summary>
    /// <param name="path">The file's name, with its folders.</param>
    /// <param name="root">What stands in it.</param>
    /// <param name="report">Hears of each entry.</param>
    void Run(string path, JsonElement root, VectorReport report);
}
