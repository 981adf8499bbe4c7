from fastapi import FastAPI


def create_app(load) -> FastAPI:
    app = FastAPI()

    @app.post("/predictions")
    def predict(question: dict) -> dict:
        held = load()
        rows = [list(one.values()) for one in question["appointments"]]
        return {"predictions": held["pipeline"].predict(rows).tolist()}

    return app
