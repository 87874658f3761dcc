using System.Text.Json;
using Mempulse.Evm.Tests.StateTests;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>State tests in the format of ethereum/tests and execution-spec-tests.</summary>
internal sealed class StateTestShape : IVectorShape
{
    private readonly StateTestRunner _runner = new();

    public string Name => "state tests";

    public bool Accepts(JsonElement root) => root.HasAll("pre", "post", "env", "transaction");

    public void Run(string path, JsonElement root, VectorReport report)
    {
        foreach (var test in StateTestCase.Read(root))
        {
            _runner.Run(test, outcome =>
            {
                if (outcome.Failure is null)
                {
                    report.Pass($"state test entries, {outcome.Fork}");
                }
                else
                {
                    report.Fail($"{path}: {outcome.Test} {outcome.Fork} {outcome.Indexes}: {outcome.Failure}");
                }
            });
        }
    }
}
