using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Toolchain;

namespace NeuroHal.Calibration.Tracing;

/// <summary>What was executed in one case: executions and classes, by place in the program.</summary>
internal sealed class Execution
{
    private readonly ProgramCode _code;
    private readonly Visits?[] _visits;

    public Execution(ProgramCode code)
    {
        _code = code;
        _visits = new Visits?[code.Places];
    }

    /// <summary>All instructions of the program that were executed.</summary>
    public long Instructions => _visits.Sum(v => v?.Executions ?? 0);

    /// <summary>The counts of all functions but the stand-in of the exponential accelerator.</summary>
    public Histogram Total
    {
        get
        {
            var total = new Histogram();
            foreach (Symbol function in Functions.Where(f => f.Address != _code.Exponential))
            {
                total.Add(Of(function));
            }
            return total;
        }
    }

    /// <summary>What the stand-in of the exponential accelerator took.</summary>
    public Histogram Exponential => _code.Firmware.Find("exponential") is { } function ? Of(function) : new Histogram();

    /// <summary>The functions that were executed, by address.</summary>
    public IEnumerable<Symbol> Functions => _code.Firmware.Functions.Where(f => _code.Contains(f.Address) && Places(f).Any(p => _visits[p] is not null));

    public ProgramCode Code => _code;

    public long ExecutionsAt(int place) => _visits[place]?.Executions ?? 0;

    public ReadOnlySpan<long> CountsAt(int place) => _visits[place] is { } visits ? visits.Counts : [];

    public Histogram Of(Symbol function)
    {
        var sum = new Histogram();
        foreach (int place in Places(function))
        {
            sum.Add(CountsAt(place));
        }
        return sum;
    }

    /// <summary>The counts by the object file that the code is from, without the stand-in of the exponential accelerator.</summary>
    public IReadOnlyDictionary<string, Histogram> ByFile()
    {
        var files = new Dictionary<string, Histogram>();
        foreach (Symbol function in Functions.Where(f => f.Address != _code.Exponential))
        {
            string file = _code.Firmware.Sections.Last(s => s.Address <= function.Address).File;
            files.TryAdd(file, new Histogram());
            files[file].Add(Of(function));
        }
        return files;
    }

    public IEnumerable<int> Places(Symbol function) =>
        Enumerable.Range(_code.PlaceOf(function.Address), (int)function.Size / 2);

    /// <summary>Counts an execution.</summary>
    /// <returns>Where its classes are counted.</returns>
    public Span<long> Execute(int place)
    {
        Visits visits = _visits[place] ??= new Visits();
        visits.Executions++;
        return visits.Counts;
    }

    private sealed class Visits
    {
        public long Executions { get; set; }

        public long[] Counts { get; } = new long[Histogram.Classes.Count];
    }
}
