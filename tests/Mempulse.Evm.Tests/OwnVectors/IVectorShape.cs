using System.Text.Json;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>A vector format, recognised by the content of its file. Not thread-safe.</summary>
internal interface IVectorShape
{
    /// <summary>Name of the format in messages.</summary>
    string Name { get; }

    /// <summary>Returns true if the file has this format.</summary>
    bool Accepts(JsonElement root);

    /// <summary>Runs every test of the file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="root">Content of the file.</param>
    /// <param name="report">Receives the result of each entry.</param>
    void Run(string path, JsonElement root, VectorReport report);
}
