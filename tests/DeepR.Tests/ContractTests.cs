using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;
using NSubstitute;

namespace NeuroHal.DeepR.Tests;

/// <summary>DEEP R against mocks: what it asks of a device, in which order.</summary>
public sealed class ContractTests
{
    [Fact]
    public void It_plans_before_it_allocates_and_refuses_what_does_not_fit()
    {
        var mock = new MockedDevice(sramBytes: 19_000);
        PlanDoesNotFitException refusal = Assert.Throws<PlanDoesNotFitException>(
            () => new Trainer(mock.Device, Some.SmallNetwork with { Layers = [16, 200, 4] }));
        Assert.Empty(mock.Log);
        Assert.False(refusal.Plan.Fits);
        Assert.Contains("core 0 needs", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_allocates_everything_before_it_runs_anything_and_nothing_after()
    {
        var mock = new MockedDevice(65_536);
        Train(mock, Some.SmallNetwork, samples: 25);
        int lastAllocation = mock.Log.FindLastIndex(e => e.StartsWith("allocate", StringComparison.Ordinal));
        int firstRun = mock.Log.FindIndex(e => e.StartsWith("run", StringComparison.Ordinal));
        Assert.InRange(lastAllocation, 1, firstRun - 1);
    }

    [Fact]
    public void It_allocates_what_the_plan_says_code_and_stack_included_and_never_more_than_there_is()
    {
        var mock = new MockedDevice(65_536);
        var trainer = new Trainer(mock.Device, Presets.Paper);
        CorePlan plan = Assert.Single(trainer.Plan.Cores);
        Assert.Equal(plan.Regions.Sum(r => r.Size.Count), mock.Allocated.Count);
        Assert.InRange(plan.Needed.Count, mock.Allocated.Count, 65_536);
        Assert.Equal(3, mock.Log.Count(e => e.StartsWith("reserve", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_starts_each_transfer_before_it_waits_for_it_and_fetches_ahead_of_its_work()
    {
        var mock = new MockedDevice(65_536);
        Train(mock, Some.SmallNetwork, samples: 25);
        for (int i = 1; i <= 25; i++)
        {
            int load = mock.Log.IndexOf($"load {i}");
            int wait = mock.Log.IndexOf($"wait {i}");
            Assert.InRange(load, 0, wait - 1);
        }
        for (int i = 1; i < 25; i++)
        {
            int firstKernel = mock.Log.FindIndex(mock.Log.IndexOf($"wait {i}"), e => e.StartsWith("run", StringComparison.Ordinal));
            Assert.InRange(mock.Log.IndexOf($"load {i + 1}"), 0, firstKernel - 1);
        }
    }

    [Theory]
    [InlineData(10, 35, 3)]
    [InlineData(7, 35, 5)]
    [InlineData(40, 35, 0)]
    public void It_rewires_each_layer_every_so_many_samples(int every, int samples, int expected)
    {
        var mock = new MockedDevice(65_536);
        Train(mock, Some.SmallNetwork with { Rewiring = new() { Every = every } }, samples);
        Assert.Equal(expected * 2, mock.Log.Count(e => e == "run prune-negative"));
        int steps = 0;
        foreach (string entry in mock.Log)
        {
            steps += entry == "superstep train" ? 1 : 0;
            Assert.True(entry != "run prune-negative" || steps % every == 0, $"rewired after {steps} samples");
        }
    }

    [Fact]
    public void Minibatches_learn_once_all_their_samples_are_in()
    {
        var mock = new MockedDevice(65_536);
        TrainingOptions options = Some.SmallNetwork with { Minibatch = 8, Lanes = 2 };
        Train(mock, options, samples: 20);
        string[] steps = [.. mock.Log.Where(e => e is "superstep train" or "run sparse-gradient" or "run sparse-update")];
        Assert.Equal(10, steps.Count(e => e == "superstep train"));
        Assert.Equal(20, steps.Count(e => e == "run sparse-gradient"));
        Assert.Equal(3 * 2, steps.Count(e => e == "run sparse-update"));
    }

    [Fact]
    public void Lanes_equal_to_the_minibatch_need_no_stored_gradient()
    {
        var mock = new MockedDevice(65_536);
        Train(mock, Some.SmallNetwork with { Minibatch = 4 }, samples: 20);
        Assert.DoesNotContain("run sparse-gradient", mock.Log);
        Assert.DoesNotContain(mock.Log, e => e.EndsWith("gradient", StringComparison.Ordinal));
    }

    [Fact]
    public void The_static_policy_never_touches_the_connections()
    {
        var mock = new MockedDevice(65_536);
        Train(mock, Some.SmallNetwork with { Rewiring = new() { Policy = "static" } }, samples: 25);
        int training = mock.Log.IndexOf("superstep train");
        Assert.DoesNotContain("run insert-at-free", mock.Log.Skip(training));
        Assert.DoesNotContain("run prune-negative", mock.Log);
    }

    [Fact]
    public void It_counts_loading_training_and_evaluating_apart()
    {
        var mock = new MockedDevice(65_536);
        var phases = new List<string>();
        mock.Device.When(d => d.Superstep(Arg.Any<string>(), Arg.Any<Action<ICore>>()))
            .Do(call => phases.Add($"{call.Arg<string>()} in {mock.Device.Phase}"));
        Train(mock, Some.SmallNetwork, samples: 12);
        Assert.Equal(["initialise in Load", "train in Train", "evaluate in Evaluate"], phases.Distinct());
    }

    [Fact]
    public void Labels_and_pixels_that_do_not_go_with_the_network_are_refused()
    {
        var trainer = new Trainer(new MockedDevice(65_536).Device, Some.SmallNetwork);
        BadArgumentException labels = Assert.Throws<BadArgumentException>(() => trainer.Load("bad", new SampleSet(new byte[16], new byte[] { 4 }, 16)));
        Assert.Contains("label 4", labels.Message, StringComparison.Ordinal);
        BadArgumentException pixels = Assert.Throws<BadArgumentException>(() => trainer.Load("bad", new SampleSet(new byte[9], new byte[1], 9)));
        Assert.Contains("9 pixels", pixels.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_core_without_outputs_of_a_layer_runs_nothing_for_it_but_takes_part_in_exchanges()
    {
        var mock = new MockedDevice(65_536, cores: 5); // one more than the last layer has outputs
        Train(mock, Some.SmallNetwork, samples: 3);
        Assert.Equal(3 * 5, mock.Log.Count(e => e.StartsWith("run softmax", StringComparison.Ordinal)) + 3);
        Assert.Equal((3 * 5 * 2) - 3, mock.Log.Count(e => e.StartsWith("run sparse-update", StringComparison.Ordinal)));
        Assert.Equal(3 * 5, mock.Log.Count(e => e.StartsWith("run sparse-backward", StringComparison.Ordinal)));
    }

    [Fact]
    public void Several_cores_meet_wherever_one_needs_what_the_others_have()
    {
        var mock = new MockedDevice(65_536, cores: 2);
        Train(mock, Some.SmallNetwork, samples: 2);
        string[] step = ["forward 1", "forward 2", "backward 2"];
        string[] classify = ["forward 1", "forward 2", "classify"];
        Assert.Equal(
            ["initialise", .. step, .. step, "backward 1", .. classify, .. classify],
            mock.Log.Where(e => e.StartsWith("superstep", StringComparison.Ordinal)).Select(e => e["superstep ".Length..]));
        // Each core to the other one: twice forward and once back when training, twice forward when classifying.
        Assert.Equal(2 * (3 + 2) * 2, mock.Log.Count(e => e.StartsWith("send", StringComparison.Ordinal)));
    }

    [Fact]
    public void Everything_sent_is_waited_for_a_barrier_later()
    {
        var mock = new MockedDevice(65_536, cores: 3);
        Train(mock, Some.SmallNetwork, samples: 3);
        string[] sends = [.. mock.Log.Where(e => e.StartsWith("send", StringComparison.Ordinal))];
        Assert.NotEmpty(sends);
        foreach (string send in sends)
        {
            int started = mock.Log.IndexOf(send);
            int awaited = mock.Log.IndexOf($"wait {send.Split(' ')[1]}");
            int barrier = mock.Log.FindIndex(started, e => e.StartsWith("superstep", StringComparison.Ordinal));
            Assert.True(barrier > started, send);
            Assert.True(awaited > barrier, send);
        }
    }

    private static void Train(MockedDevice mock, TrainingOptions options, int samples)
    {
        var trainer = new Trainer(mock.Device, options);
        LoadedSamples loaded = trainer.Load("samples", Some.Quarters(samples));
        trainer.TrainEpoch(loaded);
        trainer.Evaluate(loaded);
    }
}
