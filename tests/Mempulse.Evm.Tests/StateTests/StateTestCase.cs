using System.Text.Json;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>A test of a suite in one fork: the unit that is handed to a core. What it shares with the test's other forks is only read.</summary>
/// <param name="Test">Name of the test.</param>
/// <param name="Fields">The test.</param>
/// <param name="Before">Its accounts before.</param>
/// <param name="Fork">The fork as the suite names it.</param>
/// <param name="Entries">What is expected in that fork: one entry for each choice of data, gas and value.</param>
internal sealed record StateTestCase(string Test, JsonElement Fields, PreState Before, string Fork, JsonElement Entries)
{
    /// <summary>The cases of a file.</summary>
    public static IEnumerable<StateTestCase> Read(byte[] file) => Read(JsonSerializer.Deserialize<JsonElement>(file));

    /// <summary>The cases of a file that was parsed.</summary>
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
