using System.Text.Json;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>A test of a suite in one fork, the unit of parallel work. The test's other forks share its data read-only.</summary>
/// <param name="Test">Name of the test.</param>
/// <param name="Fields">The test.</param>
/// <param name="Before">The prestate.</param>
/// <param name="Fork">The suite's name of the fork.</param>
/// <param name="Entries">Expected results in the fork, one for each combination of data, gas and value.</param>
internal sealed record StateTestCase(string Test, JsonElement Fields, PreState Before, string Fork, JsonElement Entries)
{
    /// <summary>Reads the cases of a file.</summary>
    public static IEnumerable<StateTestCase> Read(byte[] file) => Read(JsonSerializer.Deserialize<JsonElement>(file));

    /// <summary>Reads the cases of a parsed file.</summary>
    public static IEnumerable<StateTestCase> Read(JsonElement file)
    {
        foreach (var test in file.EnumerateObject())
        {
            var before = new PreState(test.Value.GetProperty("pre"));
            foreach (var fork in test.Value.GetProperty("post").EnumerateObject())
            {
                yield return new StateTestCase(test.Name, test.Value, before, fork.Name, fork.Value);
            }
        }
    }
}
