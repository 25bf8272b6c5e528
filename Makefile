# make demo   the main job on the sample, results in out/
# make test   lint, types, tests
# make long   the tests that make test leaves out, as others look at the same
# make bench  wall times side by side
# make parity workbook against Python on 300 faulty workbooks, judged by betteroffice and, in a sample, by LibreOffice
# make fuzz   mutated workbooks for SECONDS=60: none may do more harm than to be refused
# make faults  server, readers and database of a portal killed at twenty random moments of uploads
# make survive every mishap and every re-save as a mutation of workbooks, judged in docs/ketahanan.md
# make mutants  small faults planted in the code, N=400 of SEED=1: the tests must notice
# make samples, make docs, make golden, make pictures   regenerate what is generated

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUN := $(BIN)/python -m lkjip_xl
SAMPLE := samples/dpmd-banyuasin-2023
SECONDS ?= 60
N ?= 400
SEED ?= 1

.PHONY: demo test lint types unit long parity survive faults fuzz mutants bench samples docs golden pictures lock clean

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 atau lebih baru diperlukan"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Modul venv tidak ada; pada Debian/Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Memasang pustaka ke $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)
	@rm -rf out && mkdir out
	@$(RUN) template --data $(SAMPLE).json -o out/dpmd.xlsx
	@$(RUN) template --opd DPMD --nama "Dinas Pemberdayaan Masyarakat dan Desa" --tahun 2024 --periode 2024-2026 --modul idm -o out/kosong-2024.xlsx
	@$(RUN) validate out/dpmd.xlsx --annotate out/kembali --report out/temuan.html; test $$? -le 1
	@$(RUN) summarize out/dpmd.xlsx -o out/ringkasan.xlsx; test $$? -le 1
	@$(RUN) report out/dpmd.xlsx -o out/laporan.docx; test $$? -le 1
	@$(RUN) export --computed out/dpmd.xlsx -o out/dpmd.json
	@$(RUN) consolidate samples/kabupaten-contoh --registry samples/kabupaten-contoh/opd.csv --tahun 2023 -o out/konsolidasi.xlsx --word out/kabupaten.docx; test $$? -le 1
	@echo
	@echo "Buka:"
	@echo "  out/dpmd.xlsx         buku kerja terisi dari laporan DPMD Banyuasin 2023"
	@echo "  out/ringkasan.xlsx    ringkasan siap cetak: Ikhtisar, semua tabel, Temuan"
	@echo "  out/laporan.docx      laporannya dalam Word, dengan tempat bertanda yang masih harus ditulis"
	@echo "  out/kembali/dpmd.xlsx buku kerja yang dikembalikan, temuannya ditandai"
	@echo "  out/temuan.html       temuan sebagai halaman"
	@echo "  out/konsolidasi.xlsx  kabupaten contoh, 12 OPD"
	@echo "  out/kabupaten.docx    laporan gabungannya dalam Word"
	@echo "  out/kosong-2024.xlsx  buku kerja kosong untuk tahun 2024"
	@echo "  out/dpmd.json         isian dan hitungannya sebagai data"

test: lint types unit

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache

types: $(READY)
	@$(BIN)/mypy

unit: $(READY)
	@$(BIN)/pytest -n auto --dist loadgroup -m "not long"

long: $(READY)
	@$(BIN)/pytest -n auto --dist loadgroup -m long

parity: $(READY)
	@$(BIN)/python tools/parity_run.py

survive: $(READY)
	@$(BIN)/python tools/survive_run.py

faults: $(READY)
	@$(BIN)/python tools/faults_run.py

bench: $(READY)
	@$(BIN)/python tools/bench.py

fuzz: $(READY)
	@$(BIN)/python tools/fuzz_run.py --seconds $(SECONDS)

mutants: $(READY)
	@$(BIN)/python tools/mutants.py $(N) --seed $(SEED)

samples: $(READY)
	@$(BIN)/python tools/samples.py

docs: $(READY)
	@$(BIN)/python tools/docs.py

pictures: $(READY)
	@$(BIN)/python tools/pictures.py

golden: $(READY)
	@$(BIN)/python tools/golden.py

lock: $(READY)
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev --extra portal -o requirements.lock

clean:
	@rm -rf out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
